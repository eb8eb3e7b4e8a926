// Why a connection ended, in words for a person, and whether to come back.

const REASONS = new Map([
  [1000, 'The server closed the connection.'],
  [1001, 'The server went away.'],
  [1006, 'The connection was lost.'],
  [1009, 'Something sent was too large for the server.'],
  [3001, 'The server is restarting.'],
  [3005, 'The sign-in has expired.'],
  [3008, 'This device could not keep up with what the server sent.'],
  [3012, 'The server did not hear from this device in time.'],
  [3500, 'The sign-in is not accepted any more.'],
  [3501, 'The server did not understand this client.'],
  [3502, 'The server heard nothing from this client.'],
  [3503, 'The connection was ended by an operator.'],
  [3504, 'There are too many connections already.'],
]);

/** The token has expired: a new one is needed before coming back. */
export const EXPIRED = 3005;

/** What a person is told about a close code. */
export function reasonOf(code, text) {
  return (code === 1006 && text) || REASONS.get(code) || text || REASONS.get(1006);
}

/** Codes 3500 to 3999 ask the client to stay away until its user acts. */
export function staysAway(code) {
  return code >= 3500 && code <= 3999;
}

/**
 * Waits that grow and spread: anything from nothing to `baseMs` doubled each time, at most `maxMs`
 * ("full jitter"), so that a thousand clients of one server do not come back at once.
 */
export class Backoff {
  #attempt = 0;

  constructor({ baseMs = 500, maxMs = 30_000, random = Math.random } = {}) {
    this.baseMs = baseMs;
    this.maxMs = maxMs;
    this.random = random;
  }

  /** How long to wait before the next try, in ms. */
  next() {
    const ceiling = Math.min(this.maxMs, this.baseMs * 2 ** Math.min(this.#attempt, 30));
    this.#attempt += 1;
    return this.random() * ceiling;
  }

  /** A wait between two bounds that the server named; a range that is none counts as zero. */
  within(range) {
    const low = Math.max(0, Number(range?.[0]) || 0);
    const high = Math.max(low, Number(range?.[1]) || 0);
    return low + this.random() * (high - low);
  }

  reset() {
    this.#attempt = 0;
  }
}
