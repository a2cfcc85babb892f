// The way from what is shown to the query that gives it.
import { documentOf, given } from './api.js';
import { h } from './dom.js';

/** A link that opens a document in the playground, with its variables. */
export function playgroundLink(name, variables, text) {
  const query = new URLSearchParams({ query: documentOf(name), variables: JSON.stringify(given(variables), null, 2) });
  return h('a', { href: `../playground/?${query}`, 'data-away': true }, text);
}
