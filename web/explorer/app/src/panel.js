// What there is to know of one node: its own fields, its relations by kind, and what can be done from here.
import { MOST, to, write } from './address.js';
import { ask } from './api.js';
import { combobox } from './combobox.js';
import { h } from './dom.js';
import { number, period, value } from './format.js';
import { capital, inSentence, isCandidate, loadValues, typeName, typeOf } from './model.js';
import { playgroundLink } from './playground.js';
import { glyph } from './shapes.js';

const FIRST = 5;
const STEP = 25;

/** Fields that stand below all others. */
const LAST = ['note', 'source', 'createdAt', 'updatedAt'];

/** Fetches what the panel shows of a node. */
export async function fetchPanel(app, node) {
  const { state, signal, lang } = app;
  const variables = { id: node.id, asOf: state.asOf, lang: lang.toUpperCase() };
  const list = typeOf(node.__typename).relations.find((r) => r.many && r.name === state.list);
  const [answer, more] = await Promise.all([
    ask(`Node${node.__typename}`, { ...variables, first: FIRST }, signal),
    list && ask(`${node.__typename}${capital(list.name)}`, { ...variables, first: state.n || STEP }, signal),
    loadValues(signal),
  ]);
  if (!answer.node) return null;
  return { ...answer.node, ...more?.node };
}

/** The panel of a node that fetchPanel gave; network is the one in the picture. */
export function panel(app, node, network) {
  const { words, lang } = app;
  return h('section', { class: 'panel', 'aria-labelledby': 'panel-name' },
    h('h2', { id: 'panel-name', tabindex: '-1' }, glyph(node.__typename), node.label),
    h('p', { class: 'kind' }, capital(typeName(node.__typename, lang))),
    h('h3', {}, words.actions), actions(app, node),
    h('h3', {}, words.facts), fields(app, node),
    h('h3', {}, words.relations), relations(app, node, network));
}

function fields({ lang }, node) {
  const all = typeOf(node.__typename).fields.toSorted((a, b) => LAST.indexOf(a.name) - LAST.indexOf(b.name));
  const rows = all.map((field) => {
    const shown = value(field, node[field.name], lang);
    return shown.length === 0 || shown === node.label ? null : h('div', {}, h('dt', {}, field.words[lang]), h('dd', {}, shown));
  });
  return h('dl', { class: 'fields' }, rows);
}

function actions(app, node) {
  const { state, words, lang } = app;
  const items = [];
  const link = (next, text) => items.push(h('li', {}, h('a', { href: next, class: 'action' }, text)));
  if (node.id !== state.id) link(to(state, { id: node.id }), state.id ? words.centre : words.around(inSentence(node)));
  if (state.id && node.id !== state.id) {
    const there = state.with.includes(node.id);
    const others = state.with.filter((id) => id !== node.id);
    link(write({ ...state, with: there ? others : [...state.with, node.id] }), there ? words.collapse : words.expand);
  }
  if (node.__typename === 'Vraagstuk') link(to(state, { id: node.id, show: 'match' }), words.whoFits);
  if (isCandidate(node.__typename)) link(to(state, { id: node.id, show: 'match' }), words.whatFits);
  const variables = { id: node.id, first: FIRST, asOf: state.asOf, lang: lang.toUpperCase() };
  items.push(h('li', {}, playgroundLink(`Node${node.__typename}`, variables, words.askNode)));
  const other = combobox({ lang, label: words.connection, choose: (chosen) => app.go(to(state, { from: node.id, to: chosen.id })) });
  return h('div', {}, h('ul', { class: 'actions' }, items), other);
}

function relations(app, node, network) {
  const parts = typeOf(node.__typename).relations.map((r) => {
    const found = node[r.name];
    if (!found) return null;
    return r.many ? toMany(app, node, r, found) : toOne(app, node, r, found, network);
  }).filter(Boolean);
  return parts.length ? h('div', { class: 'relations' }, parts) : h('p', {}, app.words.noRelations);
}

function toOne(app, node, relation, found, network) {
  const drawn = network.of(node.id).find((r) => r.type === relation.type && (r.from === found.id || r.to === found.id));
  return h('section', {}, h('h4', {}, relation.words[app.lang]),
    h('ul', {}, h('li', {}, neighbour(app, found), drawn ? when(app, drawn) : '')));
}

function toMany(app, node, relation, { totalCount, edges }) {
  if (!totalCount) return null;
  const { state, words, lang } = app;
  const n = edges.length < FIRST * 2 ? STEP : Math.min(MOST, edges.length * 2);
  const more = totalCount > edges.length && edges.length < MOST;
  return h('section', {},
    h('h4', {}, relation.words[lang], ' ', h('span', { class: 'count' }, number(totalCount, lang))),
    h('ul', {}, edges.map((edge) => h('li', {}, neighbour(app, edge.node), own(app, relation, edge)))),
    more && h('p', {}, h('a', { href: write({ ...state, list: relation.name, n }) }, words.more,
      h('span', { class: 'hidden' }, `: ${relation.words[lang]}`))));
}

/** A neighbour opens in the panel where there is a picture around a node. */
function neighbour({ state }, node) {
  const next = state.id ? write({ ...state, sel: node.id, list: '', n: 0 }) : to(state, { id: node.id });
  return h('a', { href: next }, glyph(node.__typename), node.label);
}

/** The properties of the relation itself. */
function own(app, relation, edge) {
  const { lang } = app;
  const rest = (relation.properties ?? []).filter(({ name }) => name !== 'since' && name !== 'until')
    .map((field) => [field, value(field, edge[field.name], lang)]).filter(([, shown]) => shown !== '')
    .map(([field, shown]) => `${field.words[lang].toLowerCase()}: ${[shown].flat().join('')}`);
  return [when(app, edge), rest.length ? h('span', { class: 'note' }, ` ${rest.join('; ')}`) : ''];
}

function when({ lang }, dates) {
  const text = period(dates, lang);
  return text ? h('span', { class: 'note' }, ` ${text}`) : '';
}
