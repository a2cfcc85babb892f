// Asks the API. An answer is kept for a while, so that going back does not ask again.

const endpoint = new URL('../graphql', location.href);

/** How many answers are kept, and for how long in milliseconds: others write meanwhile. */
const KEPT = 200;
const FRESH = 120_000;

const kept = new Map();
let documents = {};
let token = '';

/** An answer that is an error. code is that of the API, or NETWORK where there was no answer of the API at all. */
export class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** An error that the page itself found; what it says is in the language of the page. */
export function notFound(message) {
  return Object.assign(new ApiError('NOT_FOUND', message), { said: true });
}

/** Takes the documents that may be sent, by name. */
export function useDocuments(all) {
  documents = all;
}

/** The text of a document. */
export function documentOf(name) {
  return documents[name];
}

/** Takes a bearer token, which stays in this page's memory only. */
export function useToken(text) {
  token = text.trim().replace(/^Bearer\s+/i, '');
  kept.clear();
}

/** Forgets what was answered, so that a next try asks again. */
export function forget() {
  kept.clear();
}

/** Sends a document and returns its data. It rejects with an ApiError, or an AbortError once signal says so. */
export async function ask(name, variables, signal) {
  const body = JSON.stringify({ query: documents[name], variables: given(variables), operationName: name });
  const known = kept.get(body);
  if (known && Date.now() - known.at < FRESH) return known.data;
  const data = await send(body, signal);
  signal?.throwIfAborted(); // what comes after a newer question is of no use to anyone
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
  kept.delete(body);
  kept.set(body, { data, at: Date.now() });
  return data;
}

/** The variables that have a value: the document says what holds for the others. */
export function given(variables) {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
}

async function send(body, signal) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json, application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  let answer;
  try {
    const response = await fetch(endpoint, { method: 'POST', headers, body, signal });
    answer = await response.json();
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError('NETWORK', error.message);
  }
  const failed = answer.errors?.[0];
  if (failed) throw new ApiError(failed.extensions?.code ?? 'INTERNAL', failed.message);
  return answer.data;
}
