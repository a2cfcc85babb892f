// The types in the picture, with their form, colour and number, and which of them are in sight.
import { write } from './address.js';
import { h } from './dom.js';
import { number } from './format.js';
import { capital, typeName } from './model.js';
import { glyph } from './shapes.js';

/** Makes the legend of a network, as boxes to tick; hidden is how many nodes the choice hides. */
export function legend(app, network, hidden) {
  const { state, words, lang } = app;
  const counts = network.counts();
  const all = [...counts.keys()];
  const change = (event) => {
    const ticked = [...event.currentTarget.querySelectorAll('input:checked')].map((box) => box.value);
    app.go(write({ ...state, types: ticked.length === all.length ? null : ticked }), { keep: true });
  };
  const items = [...counts].map(([type, count]) => h('li', {}, h('label', {},
    h('input', { type: 'checkbox', value: type, checked: !state.types || state.types.includes(type) }),
    glyph(type), capital(typeName(type, lang)), ' ', h('span', { class: 'count' }, number(count, lang)))));
  return h('fieldset', { class: 'legend', change }, h('legend', {}, words.legend), h('ul', {}, items),
    hidden ? h('p', { class: 'note' }, words.hidden(hidden), ' ', h('a', { href: write({ ...state, types: null }) }, words.showAll)) : '');
}
