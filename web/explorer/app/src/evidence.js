// What a part of a score rests on, in words.
import { to } from './address.js';
import { h } from './dom.js';
import { day, number, percent } from './format.js';
import { valueName, verb } from './model.js';

/** How many facts are in sight at once. */
const FIRST = 4;

/** One factor of a match of a candidate. */
export function factor(app, candidate, { kind, value, weight, contribution, evidence }) {
  const { words, lang } = app;
  const facts = evidence.map((fact) => h('li', {}, ...inWords(app, candidate, fact)));
  const rest = facts.slice(FIRST);
  return h('li', {},
    h('p', {}, h('strong', {}, valueName('MatchFactorKind', kind, lang)), ' ',
      h('span', { class: 'note' }, `${words.contribution.toLowerCase()} ${percent(contribution, lang)} (${number(value, lang)} × ${number(weight, lang)})`)),
    facts.length ? h('ul', {}, facts.slice(0, FIRST)) : h('p', { class: 'note' }, words.noEvidence),
    rest.length ? h('details', {}, h('summary', {}, words.rest(rest.length)), h('ul', {}, rest)) : '');
}

function inWords(app, candidate, { relation, value, source, date, words: hit, node }) {
  const { state, words, lang } = app;
  const how = { OWN: words.own, VIA: words.via, REST: words.others }[relation] ?? (node && verb(relation, candidate.__typename, node.__typename, lang)) ?? '';
  const about = node && relation !== 'OWN' ? h('a', { href: to(state, { id: node.id }) }, node.label) : '';
  const aside = [
    hit.length ? `${words.wordsHit}: ${hit.join(', ')}` : '', date ? day(date, lang) : '', source ? `${words.source.toLowerCase()}: ${source}` : '',
  ].filter(Boolean).join('; ');
  return [how, how && about ? ' ' : '', about, ' ', h('span', { class: 'note' }, number(value, lang), aside ? ` – ${aside}` : '')];
}
