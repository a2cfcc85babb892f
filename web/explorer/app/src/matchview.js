// Who fits a vraagstuk, or which vraagstukken fit a candidate, with the reasons.
import { MOST, to, write } from './address.js';
import { ask, notFound } from './api.js';
import { h } from './dom.js';
import { number, percent } from './format.js';
import { factor } from './evidence.js';
import { capital, inSentence, isCandidate, loadValues, typeName, valueName, valuesOf } from './model.js';
import { playgroundLink } from './playground.js';
import { choice, settings } from './settings.js';
import { glyph } from './shapes.js';

const FIRST = 10;
const USUAL = 'LECTOR';

export class MatchView {
  heading = h('h1', { tabindex: '-1' });
  body = h('div');
  element = h('div', { class: 'view narrow' }, this.heading, this.body);

  /** Views with the same key follow each other in place. */
  static key({ id, q, lang }) {
    return JSON.stringify(['match', id, q, lang]);
  }

  /** Fetches and shows what the state of app asks for. */
  async load(app) {
    const { state, words, signal } = app;
    const lang = app.lang.toUpperCase();
    const node = state.id && (await this.node(app, lang));
    const first = Math.min(100, state.n || FIRST);
    this.fits = node && isCandidate(node.__typename);
    const name = this.fits ? 'Fits' : 'Match';
    const variables = this.fits ? { candidate: node.id, first, lang } : { vraagstuk: state.id, text: state.id ? '' : state.q, supply: [state.supply || USUAL], first, lang };
    const [answer] = await Promise.all([ask(name, variables, signal), loadValues(signal)]);
    const found = answer.match ?? answer.fits;
    const what = node ? inSentence(node) : `“${state.q}”`;
    this.title = this.fits ? words.fitsTitle(what) : words.matchTitle(what);
    this.heading.textContent = this.title;
    this.body.replaceChildren(...this.parts(app, node, found, first), h('p', {}, playgroundLink(name, variables, words.asGraphQL)));
  }

  async node({ state, words, signal }, lang) {
    const { node } = await ask('Kind', { id: state.id, other: state.id, lang }, signal);
    if (!node) throw notFound(words.gone(state.id));
    return node;
  }

  parts(app, node, found, first) {
    const { state, words } = app;
    const { totalCount, nodes, understood } = found;
    const more = totalCount > nodes.length && first < 100;
    const parts = [
      node && h('p', {}, h('a', { href: to(state, { id: node.id }) }, words.around(inSentence(node)))),
      state.asOf && h('p', { class: 'note' }, words.nowOnly),
      !this.fits && settings(app, choice(words.supply, 'supply', state.supply || USUAL, this.supplies(app))),
      understood && this.understood(app, understood),
      h('p', { role: 'status' }, totalCount ? (this.fits ? words.fitsCount : words.matchCount)(totalCount) : (this.fits ? words.noFits : words.noMatch)),
      totalCount ? h('p', { class: 'note' }, words.scoreHelp) : '',
      h('ol', { class: 'matches' }, nodes.map((match, i) => this.match(app, match, i === 0))),
      more && h('p', {}, h('a', { class: 'action', href: write({ ...state, n: Math.min(MOST, first + FIRST) }) }, words.more)),
    ];
    return parts.filter(Boolean);
  }

  supplies({ lang }) {
    const kinds = valuesOf('SupplyKind');
    return (kinds.length ? kinds : [USUAL]).map((kind) => [kind, valueName('SupplyKind', kind, lang).replace(/\.$/, '')]);
  }

  understood(app, { themes, words: used, regions, notes }) {
    const { state, words, lang } = app;
    const link = (node) => h('a', { href: to(state, { id: node.id }) }, node.label);
    const joined = (parts) => parts.flatMap((part, i) => (i ? [', ', part] : [part]));
    const row = (name, parts) => parts.length ? h('div', {}, h('dt', {}, name), h('dd', {}, joined(parts))) : '';
    return h('details', {}, h('summary', {}, words.understood), h('dl', { class: 'fields' },
      row(words.themes, themes.map(({ theme, weight, words: by }) =>
        h('span', {}, link(theme), ` ${number(weight, lang)}`, by.length ? ` (${by.join(', ')})` : ''))),
      row(words.regions, regions.map(link)), row(words.searched, used)),
    notes.map((note) => h('p', { class: 'note' }, note)));
  }

  match(app, match, open) {
    const { state, words, lang } = app;
    const other = this.fits ? match.vraagstuk : match.candidate;
    const fitting = match.factors.toSorted((a, b) => b.contribution - a.contribution);
    return h('li', {},
      h('h2', {}, h('a', { href: to(state, { id: other.id }) }, glyph(other.__typename), other.label)),
      h('p', { class: 'kind' }, capital(typeName(other.__typename, lang))),
      h('p', { class: 'score' }, h('span', {}, `${words.score} `, h('strong', {}, percent(match.score, lang))), ' ',
        h('meter', { min: 0, max: 1, value: match.score, 'aria-label': words.score })),
      h('p', {}, match.summary),
      match.declined ? h('p', { class: 'note' }, `${words.declined}: ${match.declined}`) : '',
      h('details', { open }, h('summary', {}, words.why), h('ul', { class: 'factors' }, fitting.map((one) => factor(app, match.candidate, one)))),
      state.id ? h('p', {}, h('a', { class: 'action', href: to(state, { from: state.id, to: other.id }) }, words.showConnection,
        h('span', { class: 'hidden' }, `: ${other.label}`))) : '');
  }

  mount() {}

  close() {}
}
