// Values in words.
import { h, webAddress } from './dom.js';
import { valueName } from './model.js';

const LOCALES = { nl: 'nl-NL', en: 'en-GB' };

/** A day, 2006-01-02, as people write it. */
export function day(text, lang) {
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return text;
  return date.toLocaleDateString(LOCALES[lang], { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}

/** A period, "" where neither day is known. */
export function period({ since, until }, lang) {
  if (since && until) return `${day(since, lang)} – ${day(until, lang)}`;
  if (since) return `${lang === 'nl' ? 'sinds' : 'since'} ${day(since, lang)}`;
  if (until) return `${lang === 'nl' ? 'tot en met' : 'until'} ${day(until, lang)}`;
  return '';
}

/** A number. */
export function number(value, lang, decimals) {
  return value.toLocaleString(LOCALES[lang], { maximumFractionDigits: decimals ?? 2, minimumFractionDigits: decimals ?? 0 });
}

/** A share between 0 and 1, in percent. */
export function percent(value, lang) {
  return `${number(100 * value, lang, 0)}%`;
}

/** The value of a property, as text or a link; "" where there is none. */
export function value(field, raw, lang) {
  if (raw === null || raw === undefined) return '';
  if (Array.isArray(raw)) {
    const parts = raw.map((one) => value(field, one, lang));
    return parts.flatMap((part, i) => (i ? [', ', part] : [part]));
  }
  if (field.enum) return valueName(field.scalar, raw, lang);
  if (field.scalar === 'Date') return day(raw, lang);
  if (field.scalar === 'DateTime') return day(raw.slice(0, 10), lang);
  if (typeof raw === 'number') return number(raw, lang);
  if (typeof raw === 'boolean') return raw ? (lang === 'nl' ? 'ja' : 'yes') : (lang === 'nl' ? 'nee' : 'no');
  const href = webAddress(raw);
  return href ? h('a', { href, rel: 'noopener noreferrer external' }, raw) : raw;
}
