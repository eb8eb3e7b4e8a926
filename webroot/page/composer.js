// Where one writes: Enter sends, Shift+Enter starts a new line, 4,000 characters at most.

import { byId, hasKeyboard } from './elements.js';

const MOST = 4_000;
const COUNT_FROM = 3_500;

const form = byId('composer');
const text = byId('text');
const error = byId('composer-error');

/** Calls `send` with each text; what is being written in a room stays with it. */
export class Composer {
  #drafts = new Map();
  #room = '';

  constructor(send) {
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#submit(send);
    };
    text.oninput = () => this.#changed();
    text.onkeydown = (event) => {
      // While an input method composes a word, Enter ends the word.
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#submit(send);
      }
    };
  }

  enter(room) {
    if (this.#room) {
      this.#drafts.set(this.#room, text.value);
    }
    this.#room = room;
    text.value = this.#drafts.get(room) ?? '';
    text.placeholder = `Write to ${room}`;
    this.#changed();
  }

  focus() {
    if (hasKeyboard()) {
      text.focus({ preventScroll: true });
    }
  }

  clear() {
    text.value = '';
    this.#changed();
  }

  #submit(send) {
    const written = wholeCharacters(text.value.trim());
    const over = lengthOf(written) - MOST;
    if (over > 0) {
      error.textContent = `Too long by ${over.toLocaleString()}: a message has 4,000 characters at most.`;
    } else if (written) {
      this.clear();
      send(written);
    }
  }

  #changed() {
    error.textContent = '';
    const length = lengthOf(text.value.trim());
    const count = byId('composer-count');
    count.textContent = length < COUNT_FROM ? '' : `${length.toLocaleString()} of ${MOST.toLocaleString()}`;
    count.classList.toggle('over', length > MOST);
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight + 2}px`;
  }
}

/** Characters as the server counts them: an emoji is one. */
function lengthOf(written) {
  return [...written].length;
}

/** Half an emoji, as a cut paste leaves it, can't be sent: it becomes a replacement character. */
function wholeCharacters(written) {
  return written.toWellFormed?.() ?? written;
}
