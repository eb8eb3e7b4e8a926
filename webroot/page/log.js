// The list of messages: in order, each once, and where one reads stays where it is.

import { byId, element } from './elements.js';
import { Line } from './line.js';
import { momentOf } from './words.js';

/** More lines than this are let go at the far end while one reads the newest. */
const MOST_LINES = 1_000;
const NEAR_PX = 80;

const log = byId('log');
const list = byId('messages');
const newest = byId('newest');

/** The log of the room that is shown. */
export class Log {
  #me;
  #lines = [];
  #ids = new Set();
  #sending = [];
  #unseen = 0;

  constructor(me) {
    this.#me = me;
    newest.onclick = () => this.toNewest();
    log.onscroll = () => this.#atNewest() && this.#seen();
  }

  get oldest() {
    return this.#lines[0]?.message;
  }

  get newest() {
    return this.#lines.at(-1)?.message;
  }

  clear() {
    this.#lines = [];
    this.#ids.clear();
    this.#sending = [];
    list.replaceChildren();
    this.#seen();
  }

  holds(id) {
    return this.#ids.has(id);
  }

  /** Older ones, newest first: what one reads stays in its place. */
  addOlder(messages) {
    const edge = log.getBoundingClientRect().top;
    const seen = this.#lines.find((line) => line.top() >= edge);
    const before = seen?.top();
    log.setAttribute('aria-busy', 'true'); // Old lines are not news: nobody reads them out.
    messages.forEach((message) => this.#insert(message));
    if (seen) {
      log.scrollTop += seen.top() - before;
    }
    requestAnimationFrame(() => log.removeAttribute('aria-busy'));
  }

  /** A live one. Returns whether it can go on holding all it held. */
  addNew(message) {
    const follows = this.#atNewest();
    if (!this.#insert(message)) {
      return true;
    }
    if (follows) {
      this.toNewest();
      return this.#trim();
    }
    this.#unseen += 1;
    newest.textContent = this.#unseen === 1 ? '1 new message' : `${this.#unseen} new messages`;
    newest.hidden = false;
    return true;
  }

  /** One's own, before the server has it. */
  addSending(text) {
    const line = new Line({ id: '', from: this.#me, text, moment: new Date(), own: true });
    line.element.classList.add('sending');
    line.note('Sending…');
    line.follow(this.#sending.at(-1) ?? this.#lines.at(-1));
    this.#sending.push(line);
    list.append(line.element);
    this.toNewest();
    return line;
  }

  /** The server refused it: says why, and offers to try again or to let it go. */
  failSending(line, words, retry) {
    const again = element('button', '', 'Try again');
    const discard = element('button', '', 'Discard');
    again.type = discard.type = 'button';
    again.onclick = () => this.endSending(line) && retry();
    discard.onclick = () => this.endSending(line);
    line.element.classList.add('failed');
    line.note(`Not sent: ${words} `, again, discard);
    line.element.scrollIntoView({ block: 'nearest' });
  }

  /** Takes it away; false if the message itself has done so already. */
  endSending(line) {
    const at = this.#sending.indexOf(line);
    if (at >= 0) {
      this.#sending.splice(at, 1);
      line.element.remove();
    }
    return at >= 0;
  }

  toNewest() {
    log.scrollTop = log.scrollHeight;
    this.#seen();
  }

  #insert({ id, from, text, at, stored }) {
    if (this.#ids.has(id)) {
      return false;
    }
    const own = from === this.#me;
    const line = new Line({ id, from, text, stored, moment: momentOf(at), own });
    const mine = own && this.#sending.find((other) => other.message.text === text);
    if (mine) {
      this.endSending(mine);
    }
    this.#ids.add(id);
    const place = this.#lines.findLastIndex((other) => isAfter(line, other)) + 1;
    this.#lines.splice(place, 0, line);
    list.insertBefore(line.element,
      this.#lines[place + 1]?.element ?? this.#sending[0]?.element ?? null);
    line.follow(this.#lines[place - 1]);
    (this.#lines[place + 1] ?? this.#sending[0])?.follow(line);
    return true;
  }

  #trim() {
    const gone = this.#lines.splice(0, Math.max(0, this.#lines.length - MOST_LINES));
    gone.forEach((line) => {
      this.#ids.delete(line.message.id);
      line.element.remove();
    });
    if (gone.length > 0) {
      this.#lines[0].follow(undefined);
    }
    return gone.length === 0;
  }

  #atNewest() {
    return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
  }

  #seen() {
    this.#unseen = 0;
    newest.hidden = true;
  }
}

/** Ids of one room sort as its messages came. */
function isAfter({ message }, { message: other }) {
  return message.id >= other.id;
}
