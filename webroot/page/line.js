// One message as an element of the list.

import { element, paintAvatar } from './elements.js';
import { dayOf, timeOf } from './words.js';

const GROUP_MS = 5 * 60_000;

/** A line of the log: a message, or one of one's own that is on its way. */
export class Line {
  #day = element('p', 'day');
  #text;
  #note = element('p', 'note');

  /** @param {{id: string, from: string, text: string, moment: Date, own: boolean}} message */
  constructor(message) {
    this.message = message;
    const avatar = element('span', 'avatar');
    avatar.setAttribute('aria-hidden', 'true');
    paintAvatar(avatar, message.from);
    const time = element('time', '', timeOf(message.moment));
    time.dateTime = message.moment.toISOString();
    time.title = message.moment.toLocaleString();
    const byline = element('p', 'byline', element('b', '', message.from), time);
    this.#text = element('p', 'text', message.text);
    this.element = element('li', message.own ? 'message own' : 'message', this.#day, avatar,
      element('div', 'content', byline, this.#text, this.#note));
    if (message.stored === false) {
      this.note('not kept');
      this.#note.title = 'The server could not store this message: it will not be in the history.';
    }
  }

  /** Shows a day before the first of it, and a name before the first of a group. */
  follow(previous) {
    const { moment, from } = this.message;
    const before = previous?.message.moment;
    const newDay = !before || before.toDateString() !== moment.toDateString();
    this.#day.textContent = newDay ? dayOf(moment) : '';
    this.element.classList.toggle('same', !newDay && previous.message.from === from
      && moment - before < GROUP_MS);
  }

  /** Where its text stands on the screen; what is above the text may come and go. */
  top() {
    return this.#text.getBoundingClientRect().top;
  }

  note(words, ...actions) {
    this.#note.replaceChildren(words, ...actions);
  }
}
