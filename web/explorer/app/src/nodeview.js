// A node, what lies around it, and what there is to know of one of them.
import { SIZES, write, to } from './address.js';
import { ask, notFound } from './api.js';
import { Canvas } from './canvas.js';
import { h } from './dom.js';
import { number } from './format.js';
import { distinctRelations, inSentence } from './model.js';
import { Network } from './network.js';
import { fetchPanel, panel } from './panel.js';
import { choice, dayField, settings } from './settings.js';
import { trouble } from './trouble.js';

export class NodeView {
  heading = h('h1', { tabindex: '-1' });
  settings = h('div');
  left = h('div');
  notes = h('div');
  right = h('div', { class: 'side' });
  below = h('div');
  element = h('div', { class: 'view' }, this.heading, this.settings,
    h('div', { class: 'columns' }, h('div', { class: 'main' }, this.left, this.notes), this.right), this.below);

  /** Views with the same key follow each other in place. */
  static key({ id, asOf, lang }) {
    return JSON.stringify(['node', id, asOf, lang]);
  }

  /** Fetches and shows what the state of app asks for. */
  async load(app) {
    const { state, words, lang, signal } = app;
    const common = { asOf: state.asOf, lang: lang.toUpperCase() };
    const { node, other } = await ask('Kind', { id: state.id, other: state.sel || state.id, ...common }, signal);
    if (!node) throw notFound(words.gone(state.id));
    const chosen = other ?? node;
    const [around, about] = await Promise.allSettled([this.around(state, common, signal), fetchPanel(app, chosen)]);
    signal.throwIfAborted();
    this.title = words.around(inSentence(node));
    this.heading.textContent = this.title;
    this.settings.replaceChildren(this.choices(app));
    this.showNetwork(app, node, around, common);
    this.showPanel(app, about);
    this.notes.replaceChildren(await this.note(app, node, around.value));
  }

  /** The networks around the node and those around which the picture was extended, as one. */
  async around(state, common, signal) {
    const variables = (id) => ({ id, hops: state.hops || 1, first: state.first, ...common });
    const answers = await Promise.all([state.id, ...state.with].map((id) =>
      ask('Neighbourhood', variables(id), signal).catch((error) => {
        if (id !== state.id && error.code === 'NOT_FOUND') return null;
        throw error;
      })));
    const network = new Network();
    for (const answer of answers) if (answer) network.add(answer.neighbourhood);
    return { network, more: answers[0].neighbourhood.more };
  }

  choices(app) {
    const { state, words, lang } = app;
    return settings(app,
      choice(words.hops, 'hops', state.hops || 1, [1, 2, 3].map((n) => [n, words.hop(n)])),
      choice(words.size, 'first', state.first, SIZES.map((n) => [n, words.nodes(number(n, lang))])),
      dayField(app));
  }

  showNetwork(app, node, { value, reason }, common) {
    const { state } = app;
    this.network = value?.network ?? new Network();
    if (!value) {
      this.closeCanvas();
      this.left.replaceChildren(trouble(app, reason, app.reload));
      return;
    }
    const query = { name: 'Neighbourhood', variables: { id: state.id, hops: state.hops || 1, first: state.first, ...common } };
    const what = { network: value.network, centres: [state.id, ...state.with], what: this.title, query };
    if (this.canvas) {
      Object.assign(this.canvas, what).show(app);
      return;
    }
    this.canvas = new Canvas({ ...what,
      select: (id) => app.go(write({ ...app.now(), sel: id, list: '', n: 0 }), { keep: true }), open: (id) => app.go(to(app.now(), { id })) });
    this.left.replaceChildren(this.canvas.figure, this.canvas.key);
    this.below.replaceChildren(this.canvas.text);
    this.attached?.(app);
  }

  /** Draws, once the view is in the page. */
  mount(app) {
    this.attached = (then) => this.canvas?.mount(then);
    this.attached(app);
  }

  showPanel(app, { value, reason }) {
    this.right.replaceChildren(value ? panel(app, value, this.network) : trouble(app, reason ?? notFound(app.words.gone(app.state.sel || app.state.id)), app.reload));
  }

  async note(app, node, around) {
    if (around?.more) return this.leftOut(app, node);
    return around?.network.nodes.size === 1 ? h('p', { class: 'note' }, app.words.alone) : '';
  }

  /** Says how much is not in the picture, and offers more. */
  async leftOut(app, node) {
    const { state, words, lang } = app;
    const size = SIZES.find((n) => n > state.first);
    const shown = number(this.network.nodes.size, lang);
    const missing = (state.hops || 1) === 1 ? await this.missing(app, node) : 0;
    return h('p', { class: 'note left-out' }, missing > 0 ? words.left(number(missing, lang), shown) : words.leftUnknown(shown), ' ',
      size ? h('a', { href: write({ ...state, first: size }) }, words.loadMore(number(size, lang))) : words.mostShown);
  }

  /** How many relations of the node are not drawn, at least: what the type declares, less what is there. */
  async missing(app, node) {
    const all = await fetchPanel({ ...app, state: { ...app.state, list: '' } }, node);
    const total = distinctRelations(node.__typename).reduce((sum, r) => sum + (r.many ? all[r.name].totalCount : all[r.name] ? 1 : 0), 0);
    return total - this.network.of(node.id).length;
  }

  closeCanvas() {
    this.canvas?.close();
    this.canvas = undefined;
    this.below.replaceChildren();
  }

  close() {
    this.closeCanvas();
  }
}
