// What a handler, or who asked for something, is given.

import { badRequest } from './errors.js';

/** One message from an address; it can be answered if its sender waits for an answer. */
export class Message {
  #bridge;

  constructor(bridge, { address, body, headers, replyAddress }) {
    this.#bridge = bridge;
    this.address = address;
    this.body = body;
    this.headers = headers ?? {};
    this.replyAddress = replyAddress;
  }

  /** Answers; resolves when the bridge has taken the answer. */
  async reply(body, options) {
    this.#mustWait();
    return this.#bridge.send(this.replyAddress, body, options);
  }

  /** Answers and asks back; resolves with the message that comes back. */
  async request(body, options) {
    this.#mustWait();
    return this.#bridge.request(this.replyAddress, body, options);
  }

  #mustWait() {
    if (!this.replyAddress) {
      throw badRequest('The sender of this message waits for no answer.', this.address);
    }
  }
}

/** A name that nobody guesses, 36 characters: the longest reply address that a bridge takes. */
export function newReplyAddress() {
  if (crypto.randomUUID) {
    return crypto.randomUUID();
  }
  // Pages that came over plain HTTP from another host have no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
