// Where one begins: the three questions that the page answers.
import { to } from './address.js';
import { ask } from './api.js';
import { combobox } from './combobox.js';
import { h } from './dom.js';
import { glyph } from './shapes.js';
import { trouble } from './trouble.js';

export class StartView {
  heading = h('h1', { tabindex: '-1' });
  body = h('div');
  element = h('div', { class: 'view narrow' }, this.heading, this.body);

  /** Views with the same key follow each other in place. */
  static key({ asOf, lang, from, to: end }) {
    return JSON.stringify(['start', asOf, lang, from, end]);
  }

  /** Shows the start. */
  async load(app) {
    const { words, lang, signal } = app;
    const open = await ask('Open', { lang: lang.toUpperCase() }, signal).catch((error) => {
      if (error.name === 'AbortError') throw error;
      return { error };
    });
    this.title = words.title;
    this.heading.textContent = words.title;
    this.body.replaceChildren(h('p', { class: 'lead' }, words.lead), open.error ? trouble(app, open.error, app.reload) : '', this.connect(app), this.fit(app, open));
  }

  connect(app) {
    const { words, lang, state } = app;
    const ends = { from: state.from, to: state.to };
    const choose = (end) => (node) => {
      ends[end] = node.id;
      if (ends.from && ends.to) app.go(to(state, ends));
    };
    return h('section', {}, h('h2', {}, words.connectTitle), h('p', {}, words.connectHelp),
      h('div', { class: 'pair' }, combobox({ lang, label: words.from, choose: choose('from') }), combobox({ lang, label: words.to, choose: choose('to') })));
  }

  fit(app, open) {
    const { words, lang, state } = app;
    const text = h('textarea', { id: 'question', rows: '2' });
    const ask = (event) => {
      event.preventDefault();
      if (text.value.trim()) app.go(to(state, { q: text.value.trim(), show: 'match' }));
    };
    const fits = (node) => to(state, { id: node.id, show: 'match' });
    return h('section', {}, h('h2', {}, words.fitTitle), h('p', {}, words.fitHelp),
      combobox({ lang, label: words.fitSearch, types: ['Vraagstuk'], choose: (node) => app.go(fits(node)) }),
      h('form', { class: 'question', submit: ask }, h('label', { for: 'question' }, words.fitText), text, h('button', {}, words.fitButton)),
      open.vraagstukken?.nodes.length ? [h('h3', {}, words.open), h('ul', { class: 'list' },
        open.vraagstukken.nodes.map((node) => h('li', {}, h('a', { href: fits(node) }, glyph(node.__typename), node.label))))] : '');
  }

  mount() {}

  close() {}
}
