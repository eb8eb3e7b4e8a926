// What this client listens to: it outlives connections, and is registered again on each new one.

import { Backoff } from './closing.js';
import { callOut, closed, Code, errorOf } from './errors.js';

const ANSWER_MS = 30_000;

/** One registration at the server per address, however many handlers the page has for it. */
export class Registrations {
  #calls;
  #lost;
  #open = false;
  #over = null;
  #entries = new Map();

  /**
   * @param {Calls} calls
   * @param {(address: string, error: Error) => void} lost hears of a registration that the server
   *     ended, or refused when it was to be made again
   */
  constructor(calls, lost) {
    this.#calls = calls;
    this.#lost = lost;
  }

  /** Adds a handler; `ready` settles when the server has answered. */
  add(address, handler, headers) {
    let entry = this.#entries.get(address);
    if (!entry) {
      entry = { address, headers, handlers: new Set(), wasLive: false, backoff: new Backoff() };
      entry.ready = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
      entry.ready.catch(() => {});
      this.#entries.set(address, entry);
      this.#register(entry);
      if (this.#over) {
        entry.reject(this.#over);
      }
    }
    const own = { handler };
    entry.handlers.add(own);
    return {
      address,
      ready: entry.ready,
      unregister: () => this.#removeOne(entry, own),
    };
  }

  /** Takes away one handler, or all of an address; the last one ends the registration. */
  remove(address, handler) {
    const entry = this.#entries.get(address);
    if (!entry) {
      return Promise.resolve();
    }
    const gone = [...entry.handlers].filter((own) => !handler || own.handler === handler);
    return Promise.all(gone.map((own) => this.#removeOne(entry, own))).then(() => {});
  }

  #removeOne(entry, own) {
    if (!entry.handlers.delete(own) || entry.handlers.size > 0 || !this.#holds(entry)) {
      return Promise.resolve();
    }
    this.#drop(entry, closed('It was unregistered before the server answered.'));
    return this.#open
      ? this.#calls.start({ type: 'unregister', address: entry.address }, ANSWER_MS, false)
        .then(() => {}, () => {}) // At a cut the server forgets it anyway.
      : Promise.resolve();
  }

  /** A new connection knows nothing yet. */
  opened() {
    this.#open = true;
    this.#over = null;
    this.#entries.forEach((entry) => this.#register(entry));
  }

  cut() {
    this.#open = false;
    this.#entries.forEach((entry) => clearTimeout(entry.retry));
  }

  /** Whoever waits for an answer learns that none will come; handlers stay, for another start. */
  close(error) {
    this.cut();
    this.#over = error;
    this.#entries.forEach((entry) => entry.reject(error));
  }

  /** Hands a message to the address's handlers; one that throws does not keep it from the others. */
  deliver(message) {
    const entry = this.#entries.get(message.address);
    [...(entry?.handlers ?? [])].forEach(({ handler }) => callOut(handler, message));
  }

  /** The server ended a registration: `eb.unregistered`. */
  ended({ address, code, message, resubscribe }) {
    const entry = this.#entries.get(address);
    if (entry && resubscribe) {
      this.#retry(entry, entry.backoff.next());
    } else if (entry) {
      this.#refused(entry, errorOf({ failureCode: code ?? Code.PERMISSION_DENIED,
        failureType: 'UNREGISTERED', message: message ?? 'You may not listen here any more.',
        address }));
    }
  }

  #register(entry) {
    if (!this.#open) {
      return;
    }
    clearTimeout(entry.retry);
    const { address, headers } = entry;
    const frame = headers ? { type: 'register', address, headers } : { type: 'register', address };
    this.#calls.start(frame, ANSWER_MS, false).then(
      () => this.#live(entry),
      (error) => this.#failed(entry, error));
  }

  #live(entry) {
    entry.wasLive = true;
    entry.backoff.reset();
    entry.resolve();
  }

  #failed(entry, error) {
    if (error.code === Code.ALREADY_REGISTERED) {
      this.#live(entry);
    } else if (!error.temporary) {
      this.#refused(entry, error);
    } else if (this.#open) {
      this.#retry(entry, error.retryAfterMs ?? entry.backoff.next());
    }
  }

  #retry(entry, ms) {
    clearTimeout(entry.retry);
    entry.retry = setTimeout(() => this.#holds(entry) && this.#register(entry), ms);
  }

  #refused(entry, error) {
    if (this.#holds(entry)) {
      this.#drop(entry, error);
      if (entry.wasLive) {
        this.#lost(entry.address, error);
      }
    }
  }

  #drop(entry, error) {
    clearTimeout(entry.retry);
    entry.reject(error);
    this.#entries.delete(entry.address);
  }

  #holds(entry) {
    return this.#entries.get(entry.address) === entry;
  }
}
