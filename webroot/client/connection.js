// Being connected: one link after another, with the right wait and a fresh token in between.

import { Backoff, EXPIRED, reasonOf, staysAway } from './closing.js';
import { Link } from './link.js';

/** So long the way that worked comes first; then the best one gets another chance. */
const DETOUR_MS = 300_000;

/**
 * Keeps a link to the bridge alive until it is closed or told to stay away.
 *
 * The listener gets `state(event)`, `open(link)`, `upgraded()`, `frame(frame)`, `cut()`,
 * `ended(reason)` when nothing will be tried any more, and `roundTrip(ms)`.
 */
export class Connection {
  #url;
  #options;
  #listener;
  #backoff;
  #link = null;
  #timer = null;
  #round = 0;
  #openers;
  #detourUntil = 0;
  #state = 'connecting';

  constructor(url, options, listener) {
    this.#url = url;
    this.#options = options;
    this.#listener = listener;
    this.#openers = options.transports;
    this.#backoff = new Backoff({ ...options.backoff, random: options.random });
    globalThis.addEventListener?.('online', this.#online);
  }

  get state() {
    return this.#state;
  }

  /** Tries now, whatever it waits for; also after it was told to stay away. */
  start() {
    if (this.#link) {
      return;
    }
    clearTimeout(this.#timer);
    this.#backoff.reset();
    this.#enter(this.#round === 0 ? 'connecting' : 'reconnecting', 'Connecting.');
    this.#attempt();
  }

  close(reason) {
    globalThis.removeEventListener?.('online', this.#online);
    this.#end(reason, 1000);
  }

  /** Says that the token is about to expire, or that it no longer is. */
  expiring(soon, reason) {
    if (this.#state === (soon ? 'open' : 'expiring')) {
      this.#enter(soon ? 'expiring' : 'open', reason);
    }
  }

  #online = () => {
    if (this.#state === 'reconnecting') {
      this.start();
    }
  };

  /** The round tells a late token apart from the one that is waited for. */
  async #attempt() {
    const round = ++this.#round;
    let token;
    try {
      token = await this.#options.askToken('connect');
    } catch (e) {
      if (round === this.#round) {
        this.#noToken(e);
      }
      return;
    }
    if (round === this.#round) {
      this.#dial(token, Date.now() < this.#detourUntil ? this.#openers : this.#options.transports);
    }
  }

  #noToken(error) {
    if (error?.temporary === false) {
      this.#end(error.message, error.code);
    } else {
      this.#retry('The sign-in could not be renewed yet.', 0, this.#backoff.next());
    }
  }

  #remember(openSocket) {
    const others = this.#options.transports.filter((other) => other !== openSocket);
    this.#openers = [openSocket, ...others];
    this.#detourUntil = Date.now() + DETOUR_MS;
  }

  /** Tries the ways to the bridge one after another; the one that works is first the next time. */
  #dial(token, [openSocket, ...others]) {
    this.#link = new Link(openSocket, this.#url, token, this.#options.times, {
      open: (welcome) => {
        this.#remember(openSocket);
        this.#backoff.reset();
        this.#listener.open(this.#link);
        this.#enter('open', welcome ? 'Connected.' : 'Connected to a bridge without extras.');
      },
      upgraded: () => this.#listener.upgraded(this.#link),
      frame: (frame) => this.#listener.frame(frame),
      roundTrip: (ms) => this.#listener.roundTrip(ms),
      closed: (how) => {
        this.#link = null;
        const broken = !how.opened && how.code < 3000;
        if (broken && others.length > 0) {
          this.#dial(token, others);
        } else {
          this.#lost(how);
        }
      },
    });
  }

  #lost({ code, reason: text, advice }) {
    const known = advice?.code ?? code;
    const reason = reasonOf(known, text);
    this.#listener.cut();
    if (advice ? advice.reconnect === false : staysAway(known)) {
      this.#end(reason, known);
    } else if (known === EXPIRED && !this.#options.renewable()) {
      this.#end(reason, known);
    } else {
      this.#retry(reason, known,
        advice?.delayMs ? this.#backoff.within(advice.delayMs) : this.#backoff.next());
    }
  }

  #retry(reason, code, ms) {
    this.#enter('reconnecting', reason, { code, retryInMs: Math.round(ms) });
    this.#timer = setTimeout(() => this.#attempt(), ms);
  }

  #end(reason, code) {
    clearTimeout(this.#timer);
    this.#round += 1;
    this.#link?.close();
    this.#link = null;
    if (this.#state !== 'closed') {
      this.#enter('closed', reason, { code });
      this.#listener.ended(reason, code);
    }
  }

  #enter(state, reason, more) {
    this.#state = state;
    this.#listener.state({ state, reason, code: more?.code, retryInMs: more?.retryInMs });
  }
}
