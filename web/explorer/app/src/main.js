import './style.css';
import { read, to, write } from './address.js';
import { useDocuments } from './api.js';
import { combobox } from './combobox.js';
import { h } from './dom.js';
import { MatchView } from './matchview.js';
import { useModel } from './model.js';
import { NodeView } from './nodeview.js';
import { PathView } from './pathview.js';
import { ResultsView } from './resultsview.js';
import { StartView } from './startview.js';
import { trouble } from './trouble.js';
import { wordsIn } from './words.js';

/** After how long waiting is told of, and after how long that it is slow; in milliseconds. */
const WAIT = 250;
const SLOW = 5000;

const root = document.getElementById('root');
const main = h('main', { id: 'content', tabindex: '-1' });
const waiting = h('p', { class: 'waiting', role: 'status' });
const frame = h('div');
root.append(frame, waiting, main);

let current;
let asked;
let framed;

/** Goes to an address of this page. keep leaves the focus and the scrolling where they are. */
function go(address, { keep } = {}) {
  history.pushState(null, '', address);
  render(keep ? 'keep' : 'new');
}

/** Shows what the address says. how is "first" for the first time, "back" after the back button, or as go has it. */
async function render(how) {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const state = read(location.search);
  const { lang } = state;
  const words = wordsIn(lang);
  const app = { state, lang, words, signal, go, now: () => read(location.search), reload: () => render('keep') };
  showFrame(app);
  const done = tellOfWaiting(words, signal);
  try {
    await show(app, how);
  } catch (error) {
    if (signal.aborted) return;
    replace(undefined, h('div', { class: 'view narrow' }, h('h1', { tabindex: '-1' }, words.title), trouble(app, error, app.reload)));
    document.title = `${words.title} – ${words.site}`;
  } finally {
    done();
  }
}

function viewOf({ q, id, from, to: end, show: what }) {
  if (from && end) return PathView;
  if (what === 'match' && (id || q)) return MatchView;
  if (id) return NodeView;
  return q ? ResultsView : StartView;
}

async function show(app, how) {
  const View = viewOf(app.state);
  const key = View.key(app.state);
  const same = current?.key === key;
  const view = same ? current.view : new View();
  await view.load(app);
  if (app.signal.aborted) {
    if (!same) view.close();
    return;
  }
  document.title = `${view.title} – ${app.words.site}`;
  if (same) {
    if (how === 'new' && app.state.sel) document.getElementById('panel-name')?.focus();
    return;
  }
  replace({ key, view }, view.element);
  view.mount(app);
  if (how === 'new') {
    scrollTo(0, 0);
    view.heading.focus();
  }
}

function replace(next, element) {
  current?.view.close();
  current = next;
  main.replaceChildren(element);
}

function tellOfWaiting(words, signal) {
  main.setAttribute('aria-busy', 'true');
  const timers = [
    setTimeout(() => { waiting.textContent = words.loading; }, WAIT),
    setTimeout(() => { waiting.textContent = words.slow; }, SLOW),
  ];
  return () => {
    timers.forEach(clearTimeout);
    if (signal !== asked.signal) return; // another one waits by now
    waiting.textContent = '';
    main.removeAttribute('aria-busy');
  };
}

function showFrame({ state, lang, words }) {
  document.documentElement.lang = lang;
  const other = lang === 'nl' ? 'en' : 'nl';
  const language = h('a', { href: write({ ...state, lang: other }), lang: other, hreflang: other }, words.otherLanguage);
  if (framed?.lang === lang) {
    framed.language.replaceChildren(language);
    return;
  }
  framed = { lang, language: h('li', {}, language) };
  const now = () => read(location.search);
  const search = combobox({ lang, label: words.searchLabel, hideLabel: true, placeholder: words.search,
    choose: (node) => go(to(now(), { id: node.id })), enter: (text) => go(to(now(), { q: text })) });
  const item = (href, text) => h('li', {}, h('a', { href, 'data-away': true }, text));
  frame.replaceChildren(
    h('a', { class: 'skip', href: '#content', 'data-away': true }, words.skip),
    h('header', { class: 'top' },
      h('p', { class: 'brand' }, h('a', { href: to({ lang }, {}) }, words.title)),
      h('div', { role: 'search', class: 'search' }, search),
      h('nav', { 'aria-label': words.pages }, h('ul', {}, item('../', words.start), item(`../report?lang=${lang}`, words.report), item('../playground/', words.playground), framed.language))));
}

/** A link to this page changes what is shown, without loading the page anew. */
function follow(event) {
  const link = event.target.closest?.('a');
  if (!link || link.dataset.away !== undefined || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== location.pathname) return;
  event.preventDefault();
  go(url.search || url.pathname);
}

async function start() {
  const lang = read(location.search).lang;
  const done = () => { waiting.textContent = ''; };
  waiting.textContent = wordsIn(lang).loading;
  const response = await fetch('model.json').catch(() => undefined);
  const model = response?.ok ? await response.json().catch(() => undefined) : undefined;
  done();
  if (!model) {
    const app = { words: wordsIn(lang) };
    main.replaceChildren(trouble(app, { code: 'NETWORK' }, () => location.reload()));
    return;
  }
  useDocuments(model.operations);
  useModel(model);
  document.addEventListener('click', follow);
  addEventListener('popstate', () => render('back'));
  render('first');
}

start();
