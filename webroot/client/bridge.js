// The client's face: what a page calls and what it hears.

import { Calls } from './calls.js';
import { Connection } from './connection.js';
import {
  badRequest, callOut, closed, disconnected, errorOf, noToken, within,
} from './errors.js';
import { Message, newReplyAddress } from './message.js';
import { Registrations } from './registrations.js';
import { openWebSocket } from './websocket.js';
import { openXhr } from './xhr.js';

const TIMES = { openMs: 8_000, welcomeMs: 2_000, pingMs: 10_000, stockPingMs: 5_000 };
const TOKEN_MS = 30_000;

/** One lasting connection to a bridge; `connect` makes it. */
export class Bridge {
  #timeoutMs;
  #token;
  #calls;
  #registrations;
  #connection;
  #listeners = new Map();
  #closed = false;
  #welcome = null;
  #roundTripMs = null;

  constructor(url, options) {
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#token = options.token ?? null;
    this.#calls = new Calls(options.offlineCalls ?? 100);
    this.#registrations = new Registrations(this.#calls,
      (address, error) => this.#tell('unregistered', { address, error }));
    this.#connection = new Connection(url, {
      askToken: (why) => this.#askToken(why),
      renewable: () => typeof this.#token === 'function',
      transports: options.transports ?? [openWebSocket, openXhr],
      times: { ...TIMES, ...options.times },
      backoff: options.backoff,
      random: options.random,
    }, {
      state: (event) => this.#tell('state', event),
      open: (link) => this.#opened(link),
      upgraded: (link) => { this.#welcome = link.welcome; },
      frame: (frame) => this.#receive(frame),
      roundTrip: (ms) => this.#tell('roundTrip', this.#roundTripMs = ms),
      cut: () => this.#cut(),
      ended: (reason) => this.#ended(reason),
    });
    // A listener that is added right after connect() hears the first state too.
    queueMicrotask(() => this.#closed || this.#connection.start());
  }

  /** `connecting`, `open`, `expiring`, `reconnecting` or `closed`. */
  get state() {
    return this.#connection.state;
  }

  /** How long the last ping took, in ms; null before the first. */
  get roundTripMs() {
    return this.#roundTripMs;
  }

  /** What the bridge said at its welcome; null while there is none, and at a stock bridge. */
  get welcome() {
    return this.#welcome;
  }

  /** Calls `listener` at each event of that name; the result takes it away again. */
  on(event, listener) {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /**
   * Listens to an address, again after each reconnect, until unregistered.
   *
   * @param {(message: Message) => void} handler
   * @returns {{address: string, ready: Promise<void>, unregister(): Promise<void>}} `ready` rejects
   *     when the server refuses
   */
  register(address, handler, headers) {
    if (typeof handler !== 'function') {
      throw new TypeError('A handler is a function that takes a message.');
    }
    return this.#registrations.add(address, handler, headers);
  }

  /** Takes away one handler of an address, or all of them. */
  unregister(address, handler) {
    return this.#registrations.remove(address, handler);
  }

  /** Sends to one of those who listen; resolves when it was handed over. */
  async send(address, body, options = {}) {
    await this.#call('send', address, body, options);
  }

  /** Sends and resolves with the answer, or rejects with what went wrong; never waits for ever. */
  async request(address, body, options = {}) {
    const answer = await this.#call('send', address, body, options, newReplyAddress());
    return new Message(this, answer);
  }

  /** Sends to all who listen; resolves when the bus has it. */
  async publish(address, body, options = {}) {
    await this.#call('publish', address, body, options);
  }

  /** Brings a new token, or asks for one, without a new connection; resolves with its life in s. */
  async refresh(token) {
    if (token !== undefined && typeof this.#token !== 'function') {
      this.#token = token;
    }
    const fresh = token ?? (await this.#askToken('expiring'));
    if (this.#welcome === null && this.state === 'open') {
      throw badRequest('This bridge renews no sign-in; connect anew instead.');
    }
    const { expiresIn } = await this.#calls.start(
      { type: 'refresh', token: fresh }, this.#timeoutMs, false);
    this.#connection.expiring(false, 'The sign-in was renewed.');
    return expiresIn;
  }

  /** Tries to connect now, without the wait, also after the server said to stay away. */
  reconnect() {
    if (!this.#closed) {
      this.#calls.reopen();
      this.#connection.start();
    }
  }

  /** Ends it for good. */
  close() {
    this.#closed = true;
    this.#connection.close('Closed.');
    this.#ended('This connection was closed.');
  }

  async #call(type, address, body, { headers, timeoutMs }, replyAddress) {
    if (typeof address !== 'string' || address === '') {
      throw badRequest('An address is a text that is not empty.', address);
    }
    const frame = { type, address, body: body ?? null };
    if (headers) {
      frame.headers = headers;
    }
    if (replyAddress) {
      frame.replyAddress = replyAddress;
    }
    return this.#calls.start(frame, timeoutMs ?? this.#timeoutMs);
  }

  async #askToken(why) {
    if (typeof this.#token !== 'function') {
      return this.#token;
    }
    return within(TOKEN_MS, this.#token(why), noToken);
  }

  #opened(link) {
    this.#welcome = link.welcome;
    this.#calls.attach(link);
    this.#registrations.opened();
    this.#calls.flush();
  }

  #receive(frame) {
    if (this.#calls.answer(frame)) {
      return;
    }
    if (frame.type === 'rec') {
      this.#registrations.deliver(new Message(this, frame));
    } else if (frame.type === 'err' && frame.id === undefined) {
      this.#tell('error', errorOf(frame));
    } else if (frame.type === 'event') {
      this.#event(frame.event, frame.message ?? {});
    }
  }

  #event(name, message) {
    if (name === 'eb.expiring') {
      this.#renew(message.inMs);
    } else if (name === 'eb.unregistered') {
      this.#registrations.ended(message);
    } else if (name === 'eb.lost') {
      this.#tell('lost', message);
    }
  }

  /** A sign-in that can't be renewed runs out; the close that follows says so. */
  #renew(inMs) {
    this.#connection.expiring(true, `The sign-in ends in ${Math.round(inMs / 1000)} s.`);
    if (typeof this.#token === 'function') {
      this.refresh().catch((error) => this.#tell('error', error));
    }
  }

  #cut() {
    this.#welcome = null;
    this.#calls.detach(disconnected);
    this.#registrations.cut();
  }

  #ended(reason) {
    const error = closed(reason);
    this.#welcome = null;
    this.#calls.close(error);
    this.#registrations.close(error);
  }

  #tell(event, detail) {
    [...(this.#listeners.get(event) ?? [])].forEach((listener) => callOut(listener, detail));
  }
}
