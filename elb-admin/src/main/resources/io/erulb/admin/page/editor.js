import { isAbort } from './api.js';
import { announce, fill, h, notice, setText } from './dom.js';
import { anyDraft, begin, draftOf, lineOf, tryOut } from './document.js';
import { checkKind, checkList, checkSentence } from './findings.js';
import { pretty } from './json.js';
import { settled } from './live.js';
import { effectList } from './history.js';
import { review } from './review.js';

const PAUSE = 350;

window.addEventListener('beforeunload', (event) => {
  if (anyDraft()) {
    event.preventDefault();
  }
});

/** An editor of a domain's rules that says what is wrong with them while they are written. */
export function editor(name, signal) {
  const place = h('div', {}, h('p', { class: 'muted' }, 'Asking …'));
  draftOf(name, signal)
    .then((draft) => fill(place, new Editor(draft, signal).element))
    .catch((error) => isAbort(error) || fill(place, notice('bad', error.message)));
  return place;
}

class Editor {
  #draft;
  #signal;
  #asked = new AbortController();
  #bad = new Set();
  #lines = 0;
  #gutter = h('div', { class: 'gutter', 'aria-hidden': 'true' });
  #area = h('textarea', {
    class: 'code', spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', wrap: 'off', id: 'rules-text',
    'aria-describedby': 'rules-state',
  });
  #state = h('span', { class: 'state', id: 'rules-state', role: 'status' });
  #changed = h('span', { class: 'tag', hidden: true }, 'not saved');
  #list = h('div', {});
  #save = h('button', { type: 'button', class: 'primary', click: () => this.#review() }, 'Review and save …');
  #discard = h('button', { type: 'button', click: () => this.#reset() }, 'Discard');

  constructor(draft, signal) {
    this.#draft = draft;
    this.#signal = signal;
    this.#area.value = draft.text;
    const soon = settled(PAUSE, signal, () => this.#check());
    this.#area.addEventListener('input', () => {
      this.#taken();
      soon();
    });
    this.#area.addEventListener('scroll', () => {
      this.#gutter.scrollTop = this.#area.scrollTop;
    });
    this.element = h('div', { class: 'beside editor' },
      h('section', { class: 'panel' },
        h('div', { class: 'head' },
          h('label', { for: 'rules-text', class: 'title' }, draft.isNew ? 'New rules' : 'Rules'),
          this.#changed,
          h('span', { class: 'grow' }),
          h('button', { type: 'button', click: () => this.#format() }, 'Format'),
          this.#discard,
          this.#save),
        h('div', { class: 'code-frame' }, this.#gutter, this.#area)),
      h('section', { class: 'panel checks' },
        h('div', { class: 'head' }, h('h2', {}, 'Checks'), this.#state),
        this.#list));
    this.#taken();
    this.#check();
  }

  /** Takes over what stands in the area. */
  #taken() {
    this.#draft.text = this.#area.value;
    this.#changed.hidden = !this.#isChanged();
    this.#discard.disabled = !this.#isChanged();
    this.#save.disabled = true;
    this.#number();
  }

  #isChanged() {
    return this.#draft.isNew || this.#draft.text !== this.#draft.base;
  }

  #number() {
    const lines = this.#area.value.split('\n').length;
    if (lines !== this.#lines) {
      this.#lines = lines;
      fill(this.#gutter, Array.from({ length: lines }, (_, index) => h('div', {}, index + 1)), h('div', {}, ' '));
    }
    [...this.#gutter.children].forEach((each, index) => each.classList.toggle('bad', this.#bad.has(index + 1)));
    this.#gutter.scrollTop = this.#area.scrollTop;
  }

  /** Asks what the rules would do. What was asked before is no longer waited for. */
  async #check() {
    this.#asked.abort();
    this.#asked = new AbortController();
    const text = this.#draft.text;
    try {
      const checks = await tryOut(this.#draft.name, text, AbortSignal.any([this.#signal, this.#asked.signal]));
      this.#show(checks);
    } catch (error) {
      if (!isAbort(error)) {
        this.#fail('Not checked', error);
      }
    }
  }

  #fail(word, error) {
    this.#state.className = 'state bad';
    setText(this.#state, word);
    fill(this.#list, notice('bad', error.message));
  }

  #show(checks) {
    this.#state.className = `state ${checkKind(checks)}`;
    setText(this.#state, checkSentence(checks));
    this.#bad = new Set(checks.errors.filter((error) => error.rule)
      .map((error) => lineOf(this.#draft.text, error.rule, error.field)));
    this.#number();
    this.#save.disabled = checks.errors.length > 0 || !this.#isChanged();
    fill(this.#list,
      checkList(checks, { locate: (rule, field) => this.#locate(rule, field) }),
      checks.errors.length === 0 && [h('h3', {}, 'Saving'), effectList(checks)]);
  }

  #locate(rule, field) {
    const line = lineOf(this.#draft.text, rule, field);
    const before = this.#draft.text.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    const end = this.#draft.text.indexOf('\n', before);
    this.#area.focus();
    this.#area.setSelectionRange(before, end < 0 ? this.#draft.text.length : end);
    this.#area.scrollTop = (line - 5) * Number.parseFloat(getComputedStyle(this.#area).lineHeight);
  }

  #format() {
    try {
      JSON.parse(this.#area.value);
    } catch (error) {
      announce(`This can't be formatted. ${error.message}`);
      return;
    }
    this.#set(pretty(this.#area.value));
  }

  async #reset() {
    try {
      this.#draft = await begin(this.#draft.name, this.#signal);
      this.#set(this.#draft.text);
      announce('What was written is gone. This is what is in force.');
    } catch (error) {
      if (!isAbort(error)) {
        this.#fail('Not discarded', error);
      }
    }
  }

  #set(text) {
    this.#area.value = text;
    this.#taken();
    this.#check();
  }

  #review() {
    review(this.#draft, this.#signal, () => {
      this.#taken();
      this.#check();
      this.#area.focus();
    });
  }
}
