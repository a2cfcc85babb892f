// The choices above a picture: each is a part of the address.
import { write } from './address.js';
import { h } from './dom.js';

/** A choice between values: options are pairs of a value and its text. */
export function choice(label, name, current, options) {
  return h('label', {}, `${label} `, h('select', { name }, options.map(([value, text]) =>
    h('option', { value, selected: String(value) === String(current) }, text))));
}

/** The day of which the network is shown. */
export function dayField({ state, words }) {
  return h('label', {}, `${words.asOf} `, h('input', { type: 'date', name: 'asOf', value: state.asOf, title: words.asOfHelp }));
}

/** A form of such choices, which goes to the address that they make. A choice takes effect at once, without a button for it. */
export function settings(app, ...fields) {
  const { state, words } = app;
  const go = (form, options) => {
    const chosen = Object.fromEntries(new FormData(form));
    app.go(write({ ...state, ...chosen, sel: state.sel, first: Number(chosen.first) || state.first }), options);
  };
  return h('form', { class: 'settings', 'aria-label': words.settings,
    submit: (event) => {
      event.preventDefault();
      go(event.currentTarget, {});
    },
    change: (event) => event.target.type !== 'date' && go(event.currentTarget, { keep: true }) },
  fields, fields.some((field) => field.querySelector('[type=date]')) && h('button', {}, words.apply),
  state.asOf && h('p', { class: 'note' }, words.asOfNote));
}
