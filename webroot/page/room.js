// One room: what is said in it live, and what was said before.

import { byId } from './elements.js';
import { inWords } from './words.js';

const PAGE = 50;

const top = byId('log-top-text');
const retry = byId('log-retry');

/** The room that is shown; it is left when another one is entered. */
export class Room {
  #bridge;
  #log;
  #loading = false;
  #more = true;
  #left = false;
  #watch;

  constructor(name, bridge, log) {
    this.name = name;
    this.#bridge = bridge;
    this.#log = log;
    this.#watch = new IntersectionObserver(([{ isIntersecting }]) =>
      isIntersecting && this.older(), { root: byId('log'), rootMargin: '300px 0px 0px' });
    retry.onclick = () => this.older();
  }

  /** Shows the newest messages, then older ones whenever one scrolls up to them. */
  async enter() {
    this.#log.clear();
    await this.older();
    if (!this.#left) {
      this.#log.toNewest();
      this.#watch.observe(byId('log-top'));
    }
  }

  leave() {
    this.#left = true;
    this.#watch.disconnect();
  }

  receive(message) {
    if (!this.#log.addNew(message)) {
      this.#more = true;
      this.#tell('');
    }
  }

  async older() {
    if (this.#loading || !this.#more || this.#left) {
      return;
    }
    const page = await this.#load(this.#log.oldest?.id, this.#log.oldest ? 'Loading older messages…' : 'Loading…');
    if (page) {
      this.#log.addOlder(page.messages);
      this.#more = page.more === true && page.messages.length > 0;
      this.#tell(this.#more ? '' : `This is where ${this.name} begins.`);
      this.#watchAgain();
    }
  }

  /** After a gap in the connection: adds what was missed, or begins anew if that is too much. */
  async catchUp() {
    if (!this.#log.newest) {
      await this.enter();
      return;
    }
    const page = this.#loading || this.#left ? null : await this.#load(undefined, '');
    if (!page) {
      return;
    }
    const known = page.messages.some(({ id }) => this.#log.holds(id));
    if (!known && page.more) {
      this.#log.clear();
      this.#more = true;
    }
    [...page.messages].reverse().forEach((message) => this.#log.addNew(message));
  }

  async #load(before, words) {
    this.#loading = true;
    this.#tell(words);
    try {
      const query = { room: this.name, limit: PAGE };
      const { body } = await this.#bridge.request('chat.history',
        before === undefined ? query : { ...query, before });
      return this.#left ? null : body;
    } catch (e) {
      if (!this.#left) {
        this.#tell(`Earlier messages can't be shown: ${inWords(e)}`, true);
      }
      return null;
    } finally {
      this.#loading = false;
    }
  }

  /** An observer tells of changes only: the top may still be in sight. */
  #watchAgain() {
    if (this.#more && !this.#left) {
      this.#watch.unobserve(byId('log-top'));
      requestAnimationFrame(() => this.#left || this.#watch.observe(byId('log-top')));
    }
  }

  #tell(words, failed = false) {
    top.textContent = words;
    retry.hidden = !failed;
  }
}
