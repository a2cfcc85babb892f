// What a text is found in.
import { MOST, to, write } from './address.js';
import { ask } from './api.js';
import { h } from './dom.js';
import { number } from './format.js';
import { capital, typeName } from './model.js';
import { playgroundLink } from './playground.js';
import { glyph } from './shapes.js';

const FIRST = 20;

export class ResultsView {
  heading = h('h1', { tabindex: '-1' });
  body = h('div');
  element = h('div', { class: 'view narrow' }, this.heading, this.body);

  /** Views with the same key follow each other in place. */
  static key({ q, asOf, lang }) {
    return JSON.stringify(['results', q, asOf, lang]);
  }

  /** Fetches and shows what the state of app asks for. */
  async load(app) {
    const { state, words, lang, signal } = app;
    const variables = { text: state.q, asOf: state.asOf, lang: lang.toUpperCase() };
    const narrowed = { ...variables, types: state.types ?? undefined, first: state.n || FIRST };
    const [{ search }, all] = await Promise.all([ask('Search', narrowed, signal), ask('Search', { ...variables, first: FIRST }, signal)]);
    this.title = search.totalCount ? words.results(search.totalCount, state.q, number(search.totalCount, lang)) : words.nothing(state.q);
    this.heading.textContent = this.title;
    this.body.replaceChildren(...(search.totalCount || state.types ? this.found(app, search, all.search, narrowed) : [h('p', {}, words.nothingHelp)]));
  }

  found(app, search, all, variables) {
    const { state, words } = app;
    const n = Math.min(MOST, (state.n || FIRST) * 2);
    return [
      this.types(app, all),
      h('ol', { class: 'results' }, search.edges.map((edge) => this.hit(app, edge))),
      search.totalCount > search.edges.length && search.edges.length < MOST ? h('p', {}, h('a', { class: 'action', href: write({ ...state, n }) }, words.more)) : '',
      h('p', {}, playgroundLink('Search', variables, words.asGraphQL)),
    ];
  }

  types({ state, words, lang }, { totalCount, facets }) {
    const one = state.types?.length === 1 ? state.types[0] : '';
    const item = (type, text, count) => h('li', {}, h('a', { href: write({ ...state, types: type ? [type] : null, n: 0 }), 'aria-current': one === type ? 'true' : undefined },
      type ? [glyph(type)] : '', text, ' ', h('span', { class: 'count' }, number(count, lang))));
    return h('nav', { 'aria-label': words.type }, h('ul', { class: 'types' }, item('', words.all, totalCount),
      facets[0].values.map(({ count, key }) => item(key.value, capital(typeName(key.value, lang)), count))));
  }

  hit({ state, lang }, { node, highlights }) {
    const passage = highlights[0]?.parts.map(({ text, hit }) => (hit ? h('mark', {}, text) : text));
    return h('li', {}, h('a', { href: to(state, { id: node.id }) }, glyph(node.__typename), node.label), ' ',
      h('span', { class: 'kind' }, capital(typeName(node.__typename, lang))), passage ? h('p', { class: 'note' }, passage) : '');
  }

  mount() {}

  close() {}
}
