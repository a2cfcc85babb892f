// A field that suggests nodes while one types, after the combobox pattern of the ARIA Authoring Practices.
import { ask } from './api.js';
import { h } from './dom.js';
import { capital, typeName } from './model.js';
import { glyph } from './shapes.js';
import { wordsIn } from './words.js';

/** How long the typing must have paused before a question goes out, in milliseconds. */
const PAUSE = 150;

let made = 0;

/**
 * Makes a combobox. choose(node) is called with what was chosen; enter(text), if given, where Enter is pressed without
 * a choice. types narrows what is suggested.
 */
export function combobox({ lang, label, placeholder, types, choose, enter, hideLabel }) {
  const box = new Combobox({ lang, types, choose, enter });
  const { input } = box;
  if (placeholder) input.setAttribute('placeholder', placeholder);
  return h('div', { class: 'combobox' },
    h('label', { for: input.id, class: hideLabel ? 'hidden' : undefined }, label), input, box.list,
    h('div', { class: 'hidden', role: 'status' }, box.said));
}

class Combobox {
  constructor({ lang, types, choose, enter }) {
    Object.assign(this, { lang, types, choose, enter, found: [], active: -1, said: h('span') });
    const id = `combobox-${(made += 1)}`;
    this.list = h('ul', { id: `${id}-list`, role: 'listbox', hidden: true, 'aria-label': wordsIn(lang).searchLabel });
    this.input = h('input', {
      id, type: 'text', role: 'combobox', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false',
      'aria-expanded': 'false', 'aria-controls': `${id}-list`, 'aria-autocomplete': 'list', enterkeyhint: 'search',
      input: () => this.typed(), keydown: (event) => this.key(event), blur: () => this.close(),
    });
  }

  typed() {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (!this.input.value.trim()) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.suggest(), PAUSE);
  }

  async suggest() {
    this.asked = new AbortController();
    const { signal } = this.asked;
    try {
      const lang = this.lang.toUpperCase();
      const { suggest } = await ask('Suggest', { text: this.input.value.trim(), types: this.types, lang }, signal);
      if (!signal.aborted) this.show(suggest);
    } catch (error) {
      if (!signal.aborted) this.close(); // what is wrong shows once the text is searched for
    }
  }

  show(found) {
    this.found = found;
    this.activate(-1);
    const options = found.map(({ text, node }, i) =>
      h('li', { id: `${this.input.id}-${i}`, role: 'option', 'aria-selected': 'false',
        mousedown: (event) => event.preventDefault(), click: () => this.take(i) },
      glyph(node.__typename), h('span', { class: 'name' }, node.label, text === node.label ? '' : ` (${text})`), ' ',
      h('span', { class: 'kind' }, capital(typeName(node.__typename, this.lang)))));
    const words = wordsIn(this.lang);
    const none = this.enter ? words.noSuggestion : words.onlySuggestion;
    this.list.replaceChildren(...(options.length ? options : [h('li', { role: 'option', 'aria-disabled': 'true', class: 'none' }, none)]));
    this.said.textContent = options.length ? words.suggestions(options.length) : none;
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.found = [];
    this.activate(-1);
    this.input.setAttribute('aria-expanded', 'false');
  }

  activate(index) {
    this.list.children[this.active]?.setAttribute('aria-selected', 'false');
    this.active = index;
    const option = this.list.children[index];
    if (!option) {
      this.input.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', option.id);
  }

  take(index) {
    const { node } = this.found[index];
    this.input.value = node.label;
    this.close();
    this.choose(node);
  }

  key(event) {
    const last = this.found.length - 1;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        if (last < 0) {
          this.typed();
          return;
        }
        const down = event.key === 'ArrowDown';
        this.activate(down ? (this.active >= last ? 0 : this.active + 1) : (this.active <= 0 ? last : this.active - 1));
        return;
      }
      case 'Enter':
        event.preventDefault();
        this.submit();
        return;
      case 'Escape':
        if (!this.list.hidden) this.close();
        else this.input.value = '';
        return;
      default:
    }
  }

  /** Takes the active suggestion, or else what was typed. */
  submit() {
    if (this.active >= 0) {
      this.take(this.active);
      return;
    }
    const text = this.input.value.trim();
    if (text && this.enter) {
      this.close();
      this.enter(text);
    } else if (this.found.length === 1) {
      this.take(0);
    }
  }
}
