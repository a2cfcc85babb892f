// What the server tells of the model, and the words it has for it.
import { ask } from './api.js';

const types = new Map();
let candidates = [];
let values;

/** Takes model.json. */
export function useModel(model) {
  model.types.forEach((type, index) => types.set(type.name, { ...type, index }));
  candidates = model.candidates;
}

/** Whether nodes of a type can fit a vraagstuk. */
export function isCandidate(type) {
  return candidates.includes(type);
}

/** A type by its name; what is unknown has no fields and its name for words. */
export function typeOf(name) {
  return types.get(name) ?? { name, words: { nl: name, en: name }, fields: [], relations: [], index: 0 };
}

/** The name of a type. */
export function typeName(name, lang) {
  return typeOf(name).words[lang];
}

/** The name of a node as it stands in a sentence: titles between quotation marks. */
export function inSentence(node) {
  return typeOf(node.__typename).quoted ? `“${node.label}”` : node.label;
}

/** Text with a capital. */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Fetches the names of enum values; without them a value stands as it is. */
export async function loadValues(signal) {
  if (values) return;
  try {
    values = await ask('Values', {}, signal);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
  }
}

/** The name of an enum value. Its description has English and Dutch, or what is the same in both. */
export function valueName(scalar, value, lang) {
  const description = values?.[scalar]?.enumValues.find(({ name }) => name === value)?.description;
  if (!description) return capital(value.replaceAll('_', ' ').toLowerCase());
  const [en, nl] = description.split(' | ');
  return lang === 'nl' ? (nl ?? en) : en;
}

/** The verb phrase that leads by a relation type to a node of a type: from one type if that has it, else from any. */
export function verb(relation, from, to, lang) {
  for (const type of [typeOf(from), ...types.values()]) {
    const found = type.relations.find((r) => r.type === relation && r.targets.includes(to));
    if (found) return found.verb[lang];
  }
  return undefined;
}

/** The relations of a type, without those whose nodes another relation has too. */
export function distinctRelations(type) {
  const { relations } = typeOf(type);
  const covers = (a, b) =>
    a !== b && a.type === b.type && a.direction === b.direction && a.targets.length > b.targets.length &&
    b.targets.every((target) => a.targets.includes(target));
  return relations.filter((r) => !relations.some((other) => covers(other, r)));
}

/** The values of an enum that is known by now. */
export function valuesOf(scalar) {
  return values?.[scalar]?.enumValues.map(({ name }) => name) ?? [];
}
