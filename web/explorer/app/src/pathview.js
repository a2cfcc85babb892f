// How two nodes are connected.
import { to, write } from './address.js';
import { ask, notFound } from './api.js';
import { Canvas } from './canvas.js';
import { h } from './dom.js';
import { period } from './format.js';
import { inSentence } from './model.js';
import { Network } from './network.js';
import { fetchPanel, panel } from './panel.js';
import { choice, dayField, settings } from './settings.js';
import { glyph } from './shapes.js';
import { trouble } from './trouble.js';

const HOPS = [2, 3, 4, 5, 6];
const USUAL = 4;

export class PathView {
  heading = h('h1', { tabindex: '-1' });
  settings = h('div');
  left = h('div', { class: 'main' });
  right = h('div', { class: 'side' });
  below = h('div');
  element = h('div', { class: 'view' }, this.heading, this.settings, h('div', { class: 'columns' }, this.left, this.right), this.below);

  /** Views with the same key follow each other in place. */
  static key({ from, to: end, hops, asOf, lang }) {
    return JSON.stringify(['path', from, end, hops, asOf, lang]);
  }

  /** Fetches and shows what the state of app asks for. */
  async load(app) {
    const { state, words, signal } = app;
    const common = { asOf: state.asOf, lang: app.lang.toUpperCase() };
    const ends = await ask('Kind', { id: state.from, other: state.to, ...common }, signal);
    if (!ends.node || !ends.other) throw notFound(words.gone(ends.node ? state.to : state.from));
    const variables = { from: state.from, to: state.to, maxHops: state.hops || USUAL, first: 5, ...common };
    const paths = state.from === state.to ? [] : (await ask('Paths', variables, signal)).path;
    const chosen = state.sel && (await this.chosen(app, common));
    this.title = words.paths(inSentence(ends.node), inSentence(ends.other));
    this.heading.textContent = this.title;
    this.settings.replaceChildren(this.choices(app));
    this.showPaths(app, paths, variables);
    this.right.replaceChildren(this.list(app, paths), chosen ? panel(app, chosen, this.network) : '');
  }

  async chosen(app, common) {
    const { node } = await ask('Kind', { id: app.state.sel, other: app.state.sel, ...common }, app.signal);
    return node && fetchPanel(app, node);
  }

  choices(app) {
    const { state, words } = app;
    return h('div', { class: 'row' }, settings(app, choice(words.longest, 'hops', state.hops || USUAL, HOPS.map((n) => [n, words.hop(n)])), dayField(app)),
      h('p', {}, h('a', { class: 'action', href: write({ ...state, from: state.to, to: state.from, path: 0 }) }, words.swap)));
  }

  showPaths(app, paths, variables) {
    const { state } = app;
    this.paths = paths;
    this.network = new Network();
    for (const path of paths) this.network.add(path);
    if (!paths.length) {
      this.close();
      this.left.replaceChildren();
      this.below.replaceChildren();
      return;
    }
    if (!this.canvas) {
      this.canvas = new Canvas({ network: this.network, centres: [state.from, state.to], what: this.title, query: { name: 'Paths', variables }, root: state.from,
        select: (id) => app.go(write({ ...app.now(), sel: id, list: '', n: 0 }), { keep: true }), open: (id) => app.go(to(app.now(), { id })) });
      this.left.replaceChildren(this.canvas.figure, this.canvas.key);
      this.below.replaceChildren(this.canvas.text);
      return;
    }
    this.canvas.show(app);
    this.mark(state);
  }

  /** Draws, once the view is in the page. */
  mount(app) {
    this.canvas?.mount(app);
    this.mark(app.state);
  }

  mark(state) {
    const path = this.paths[state.path - 1];
    const one = path && new Network().add(path);
    this.canvas?.picture?.mark(one ? new Set(one.nodes.keys()) : null, one ? new Set(one.relations.keys()) : null);
  }

  list(app, paths) {
    const { state, words } = app;
    if (state.from === state.to) return h('p', { class: 'empty' }, words.same);
    if (!paths.length) return this.none(app);
    const shown = Number(state.path);
    return h('section', { 'aria-labelledby': 'paths' }, h('h2', { id: 'paths' }, words.pathsFound(paths.length)),
      h('ol', { class: 'paths' }, paths.map((path, i) => {
        const on = shown === i + 1;
        return h('li', { class: on ? 'on' : undefined }, h('p', {}, path.sentence), this.chain(app, path),
          h('p', {}, h('a', { href: write({ ...state, path: on ? 0 : i + 1 }), class: 'action', 'aria-current': on ? 'true' : undefined },
            on ? words.unmark : words.mark, h('span', { class: 'hidden' }, ` (${i + 1})`))));
      })));
  }

  /** The nodes of a path, each to be looked at, with the periods of the relations between them. */
  chain(app, path) {
    const { state, lang } = app;
    return h('ul', { class: 'chain' }, path.nodes.map((node, i) => h('li', {},
      h('a', { href: write({ ...state, sel: node.id, list: '', n: 0 }) }, glyph(node.__typename), node.label),
      path.relations[i] && period(path.relations[i], lang) ? h('div', { class: 'note' }, `↓ ${period(path.relations[i], lang)}`) : '')));
  }

  none({ state, words }) {
    const hops = state.hops || USUAL;
    const further = HOPS.find((n) => n > hops);
    return h('div', { class: 'empty' }, h('p', {}, words.noPaths(hops)),
      further && h('p', {}, h('a', { href: write({ ...state, hops: further }), class: 'action' }, `${words.noPathsMore} (${words.hop(further)})`)));
  }

  close() {
    this.canvas?.close();
    this.canvas = undefined;
  }
}
