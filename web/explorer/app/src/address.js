// What is shown stands in the address: a link, a reload and the back button all give the same.

/** The numbers of nodes that a picture can be asked for; the last is the most that the API gives. */
export const SIZES = [60, 150, 400, 1000];

/** The most that a list shows. */
export const MOST = 1000;

const HOPS = ['1', '2', '3'];

/**
 * Reads an address. Names of parameters: q (text to search), id (a node), with (nodes around which the picture was
 * extended), sel (the node in the panel), list (the
 * relation of it that is listed further), n (how long lists are), show=match, supply, from and to (a connection), path (the one that stands
 * out), hops, first, types (those in sight), asOf, lang.
 */
export function read(search) {
  const p = new URLSearchParams(search);
  const text = (name) => p.get(name)?.trim() ?? '';
  const list = (name) => text(name).split(',').filter(Boolean);
  return {
    lang: text('lang').toLowerCase() === 'en' ? 'en' : 'nl',
    q: text('q'),
    id: text('id'),
    with: p.getAll('with').filter(Boolean),
    sel: text('sel'),
    show: text('show'),
    supply: text('supply').toUpperCase(),
    from: text('from'),
    to: text('to'),
    path: Math.max(0, Number.parseInt(text('path'), 10) || 0),
    hops: HOPS.includes(text('hops')) ? Number(text('hops')) : 0,
    list: text('list'),
    n: Math.min(MOST, Math.max(0, Number.parseInt(text('n'), 10) || 0)),
    first: SIZES.find((size) => String(size) === text('first')) ?? SIZES[0],
    types: p.has('types') ? list('types') : null,
    asOf: /^\d{4}-\d{2}-\d{2}$/.test(text('asOf')) ? text('asOf') : '',
  };
}

/** Writes an address; what is as it would be without saying is left out. */
export function write(state) {
  const p = new URLSearchParams();
  const put = (name, value) => value && p.append(name, value);
  put('q', state.q);
  put('id', state.id);
  for (const id of state.with ?? []) put('with', id);
  put('from', state.from);
  put('to', state.to);
  put('sel', state.sel);
  put('list', state.list);
  put('show', state.show);
  put('supply', state.supply);
  put('path', state.path ? String(state.path) : '');
  put('hops', state.hops ? String(state.hops) : '');
  put('n', state.n ? String(state.n) : '');
  put('first', state.first && state.first !== SIZES[0] ? String(state.first) : '');
  if (state.types) p.append('types', state.types.join(','));
  put('asOf', state.asOf);
  put('lang', state.lang === 'en' ? 'en' : '');
  const text = p.toString().replaceAll('%2C', ',');
  return text ? `?${text}` : location.pathname;
}

/** The address of another thing to look at, in the same language and on the same day. */
export function to(state, other) {
  return write({ lang: state.lang, asOf: state.asOf, ...other });
}
