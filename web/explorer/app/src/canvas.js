// The picture with its tools, its legend and its text, kept in step with the address.
import { write } from './address.js';
import { h } from './dom.js';
import { legend } from './legend.js';
import { Picture } from './picture.js';
import { playgroundLink } from './playground.js';
import { tables } from './tables.js';

/** What a view of a network shows. */
export class Canvas {
  /** centres are always in sight; root, if given, is where paths begin; what says what the picture is of; query names the document and variables behind it. */
  constructor({ network, centres, what, query, root, select, open }) {
    Object.assign(this, { network, centres, what, query, root, select, open });
    this.stage = h('div', { class: 'stage', role: 'img' });
    this.tools = h('div', { class: 'tools' });
    this.key = h('div');
    this.figure = h('div', { class: 'figure' }, this.stage, this.tools);
    this.text = h('div');
  }

  /** Draws, once the element is in the page. */
  mount(app) {
    try {
      this.picture = new Picture(this.stage, { select: this.select, open: this.open });
    } catch (error) {
      console.error(error);
      this.stage.replaceChildren(h('p', {}, app.words.noPicture));
    }
    this.show(app);
  }

  /** Shows the network as the state of app says. */
  show(app) {
    const { state, words } = app;
    const seen = this.network.only(state.types, this.centres);
    this.stage.setAttribute('aria-label', words.picture(seen.nodes.size, seen.relations.size, this.what));
    this.showLegend(app, seen);
    this.text.replaceChildren(tables(app, seen, (node) => write({ ...state, sel: node.id, list: '', n: 0 })));
    this.tools.replaceChildren(...this.buttons(app));
    const shape = JSON.stringify([[...seen.nodes.keys()], [...seen.relations.keys()]]);
    if (shape !== this.shape) this.picture?.show(seen, this.centres, this.root);
    this.shape = shape;
    this.picture?.choose(state.sel || state.id);
  }

  /** The legend is made anew; who was on one of its boxes stays there. */
  showLegend(app, seen) {
    const at = this.key.contains(document.activeElement) ? document.activeElement.value : undefined;
    this.key.replaceChildren(legend(app, this.network, this.network.nodes.size - seen.nodes.size));
    if (at) this.key.querySelector(`input[value="${CSS.escape(at)}"]`)?.focus();
  }

  buttons({ words }) {
    const button = (text, click, name) => h('button', { type: 'button', click, 'aria-label': name }, text);
    const drawn = this.picture
      ? [button('+', () => this.picture.zoom(1.3), words.zoomIn), button('−', () => this.picture.zoom(1 / 1.3), words.zoomOut),
        button(words.fit, () => this.picture.fit()), button(words.png, () => this.save())]
      : [];
    return [...drawn, playgroundLink(this.query.name, this.query.variables, words.asGraphQL)];
  }

  save() {
    const href = URL.createObjectURL(this.picture.png());
    h('a', { href, download: 'kennisgraaf.png' }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000); // the download may begin later than the click
  }

  close() {
    this.picture?.close();
  }
}
