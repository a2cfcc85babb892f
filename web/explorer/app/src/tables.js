// The picture as text.
import { h } from './dom.js';
import { number, period } from './format.js';
import { capital, typeName } from './model.js';
import { glyph } from './shapes.js';

/** The nodes and relations of a network as two tables; href(node) is where a node leads to. */
export function tables(app, network, href) {
  return h('section', { class: 'text', 'aria-labelledby': 'as-text' }, h('h2', { id: 'as-text' }, app.words.text),
    nodes(app, network, href), relations(app, network));
}

function nodes({ words, lang }, network, href) {
  const degrees = new Map();
  for (const r of network.relations.values()) {
    for (const id of new Set([r.from, r.to])) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  }
  const rows = [...network.nodes.values()].map((node) => h('tr', {},
    h('th', { scope: 'row' }, h('a', { href: href(node) }, node.label)),
    h('td', {}, glyph(node.__typename), capital(typeName(node.__typename, lang))),
    h('td', { class: 'number' }, number(degrees.get(node.id) ?? 0, lang))));
  return table(words.nodesTable, network.nodes.size, [words.name, words.type, words.count], rows, lang);
}

function relations({ words, lang }, network) {
  const rows = [...network.relations.values()].map((r) =>
    h('tr', {}, h('th', { scope: 'row' }, r.label), h('td', {}, period(r, lang))));
  return rows.length ? table(words.relationsTable, rows.length, [words.relation, words.period], rows, lang) : '';
}

function table(caption, count, heads, rows, lang) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', {}, h('caption', {}, caption, ' ', h('span', { class: 'count' }, number(count, lang))),
      h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head)))), h('tbody', {}, rows)));
}
