// What was asked and not yet answered. Every call ends: by its answer, its deadline, or a cut.

import { badRequest, errorOf, notSent, timedOut, tooLarge } from './errors.js';

/** Matches answers to calls, and keeps a bounded number of calls while there is no connection. */
export class Calls {
  #room;
  #link = null;
  #nextId = 1;
  #byId = new Map();
  #byReply = new Map();
  #waiting = new Set();
  #over = null;

  /** @param {number} room how many calls may wait for a connection */
  constructor(room) {
    this.#room = room;
  }

  /**
   * Sends a frame and promises what answers it: the `rec` for one with a reply address, else the
   * message of `eb.ok`, which is empty at a stock bridge, since that confirms nothing.
   *
   * @param {boolean} patient whether it may wait for a connection
   */
  start(frame, timeoutMs, patient = true) {
    return new Promise((resolve, reject) => {
      const call = { frame, timeoutMs, resolve, reject, id: null, timer: null };
      call.timer = setTimeout(
        () => this.#settle(call, reject, timedOut(frame.address ?? 'the server', timeoutMs)),
        timeoutMs);
      if (this.#over) {
        this.#settle(call, reject, this.#over);
      } else if (this.#link) {
        this.#write(call);
      } else if (patient && this.#waiting.size < this.#room) {
        this.#waiting.add(call);
      } else {
        this.#settle(call, reject, notSent(frame.address));
      }
    });
  }

  /** A connection is there. */
  attach(link) {
    this.#link = link;
  }

  /** What waited goes out, in order. */
  flush() {
    const waited = [...this.#waiting];
    this.#waiting.clear();
    waited.forEach((call) => this.#write(call));
  }

  /** The connection is gone: what went out can't be answered any more, what waits goes on waiting. */
  detach(error) {
    this.#link = null;
    const sent = new Set([...this.#byId.values(), ...this.#byReply.values()]);
    sent.forEach((call) => this.#settle(call, call.reject, error(call.frame.address)));
  }

  /** Calls may wait again. */
  reopen() {
    this.#over = null;
  }

  /** Nothing will be sent any more, unless it is opened again. */
  close(error) {
    this.#over = error;
    this.detach(() => error);
    this.#waiting.forEach((call) => this.#settle(call, call.reject, error));
  }

  /** Whether the frame answered a call. */
  answer(frame) {
    if (frame.type === 'event' && frame.event === 'eb.ok') {
      return this.#answered(this.#byId.get(frame.message?.id), (call) => call.resolve,
        () => frame.message);
    }
    if (frame.type === 'rec') {
      return this.#answered(this.#byReply.get(frame.address), (call) => call.resolve, () => frame);
    }
    if (frame.type === 'err') {
      const call = this.#byId.get(frame.id) ?? this.#byReply.get(frame.address);
      return this.#answered(call, () => call.reject, () => errorOf(frame, call.frame.address));
    }
    return false;
  }

  #answered(call, how, what) {
    if (call) {
      this.#settle(call, how(call), what());
    }
    return call !== undefined;
  }

  #write(call) {
    const { welcome } = this.#link;
    const { frame } = call;
    let text;
    try {
      text = welcome ? this.#numbered(call) : JSON.stringify(frame);
    } catch (e) {
      this.#settle(call, call.reject, badRequest(`This is not JSON: ${e.message}`, frame.address));
      return;
    }
    const limit = welcome?.limits?.frameBytes ?? Infinity;
    const bytes = text.length * 3 > limit ? new TextEncoder().encode(text).length : 0;
    if (bytes > limit) {
      this.#settle(call, call.reject, tooLarge(frame.address, bytes, limit));
      return;
    }
    if (frame.replyAddress) {
      this.#byReply.set(frame.replyAddress, call);
    }
    this.#link.write(text);
    if (!welcome && !frame.replyAddress) {
      this.#settle(call, call.resolve, {});
    }
  }

  #numbered(call) {
    call.id = this.#nextId++;
    this.#byId.set(call.id, call);
    const timed = call.frame.replyAddress ? { timeoutMs: call.timeoutMs } : {};
    return JSON.stringify({ ...call.frame, id: call.id, ...timed });
  }

  #settle(call, how, value) {
    clearTimeout(call.timer);
    this.#waiting.delete(call);
    this.#byId.delete(call.id);
    this.#byReply.delete(call.frame.replyAddress);
    how(value);
  }
}
