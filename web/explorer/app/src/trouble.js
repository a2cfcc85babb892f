// What went wrong, in plain words, with what can be done about it.
import { forget, useToken } from './api.js';
import { h } from './dom.js';

/** A box that tells of an error. retry() is called where the person tries again. */
export function trouble(app, error, retry) {
  const { words } = app;
  const code = words.errors[error.code] ? error.code : 'INTERNAL';
  if (code === 'INTERNAL' && !error.code) console.error(error);
  const [title, help] = words.errors[code];
  const again = () => {
    forget();
    retry();
  };
  return h('div', { class: 'trouble', role: 'alert' },
    h('h2', {}, title),
    error.said ? h('p', {}, error.message) : '',
    h('p', {}, help, code === 'BAD_USER_INPUT' ? [' ', h('q', { lang: 'en' }, error.message)] : ''),
    code === 'UNAUTHENTICATED' ? tokenForm(words, again) : h('p', {}, h('button', { type: 'button', click: again }, words.again)));
}

function tokenForm(words, done) {
  const input = h('input', { id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false' });
  return h('form', { class: 'row', submit: (event) => {
    event.preventDefault();
    useToken(input.value);
    done();
  } }, h('label', { for: 'token' }, words.token), input, h('button', {}, words.useToken));
}
