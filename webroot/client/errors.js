// What can go wrong, as one kind of error with a code that a program acts on.

/** Failure codes that the server sends, by the type that goes with them. */
export const Code = Object.freeze({
  INTERNAL: 4100,
  UNAUTHORIZED: 4101,
  PERMISSION_DENIED: 4103,
  NO_HANDLERS: 4104,
  ALREADY_REGISTERED: 4105,
  LIMIT: 4106,
  BAD_REQUEST: 4107,
  TIMEOUT: 4108,
  TOKEN_EXPIRED: 4109,
});

/** Codes after which the same call may succeed later. */
const TEMPORARY = new Set([Code.INTERNAL, Code.NO_HANDLERS, Code.TIMEOUT, 4111, 4113]);

/** The one-word refusals of a stock Vert.x bridge. */
const STOCK_WORDS = new Map([
  ['access_denied', [Code.PERMISSION_DENIED, 'PERMISSION_DENIED', 'You may not use this address.']],
  ['rejected', [Code.PERMISSION_DENIED, 'PERMISSION_DENIED', 'The server refused this.']],
  ['not_logged_in', [Code.UNAUTHORIZED, 'UNAUTHORIZED', 'Sign in first.']],
  ['auth_error', [Code.UNAUTHORIZED, 'UNAUTHORIZED', 'The sign-in could not be checked.']],
  ['address_already_registered',
    [Code.ALREADY_REGISTERED, 'ALREADY_REGISTERED', 'This address is registered already.']],
  ['max_handlers_reached', [Code.LIMIT, 'LIMIT', 'Too many registrations or open requests.']],
  ['max_address_length_reached', [Code.LIMIT, 'LIMIT', 'The address is too long.']],
  ['registration_failure', [Code.INTERNAL, 'INTERNAL', 'The registration failed.']],
]);

/** The stock bridge sends these two with the code -1. */
const STOCK_TYPES = new Map([
  ['NO_HANDLERS', [Code.NO_HANDLERS, 'Nobody answers at this address right now.']],
  ['TIMEOUT', [Code.TIMEOUT, 'No answer came in time.']],
]);

/**
 * Every failure of this client.
 *
 * `code` is a number of the protocol (4100 and up), a handler's own, or 0 for what this client
 * found out itself; `type` a word for it; `temporary` whether the same call may succeed later;
 * `retryAfterMs` when the server says to try again; `address` what it was about.
 */
export class DrawbridgeError extends Error {
  constructor(code, type, message, { temporary, retryAfterMs, address } = {}) {
    super(message);
    this.name = 'DrawbridgeError';
    this.code = code;
    this.type = type;
    this.temporary = temporary ?? TEMPORARY.has(code);
    this.retryAfterMs = retryAfterMs;
    this.address = address;
  }
}

/** The error that an `err` frame tells, from this server or a stock one. */
export function errorOf(frame, address = frame.address) {
  const { failureCode, failureType, message, temporary, retryAfterMs } = frame;
  const stock = STOCK_TYPES.get(failureType);
  if (stock && !(failureCode >= 4100)) {
    return new DrawbridgeError(stock[0], failureType, message || stock[1], { address });
  }
  if (failureCode !== undefined) {
    const text = message || `The handler failed with ${failureCode}.`;
    return new DrawbridgeError(failureCode, failureType ?? 'RECIPIENT_FAILURE', text,
      { temporary, retryAfterMs, address });
  }
  const [code, type, text] = STOCK_WORDS.get(frame.body)
    ?? [Code.BAD_REQUEST, 'BAD_REQUEST', `The server did not accept this: ${frame.body}.`];
  return new DrawbridgeError(code, type, text, { address });
}

export function disconnected(address) {
  return new DrawbridgeError(0, 'DISCONNECTED',
    'The connection was lost before an answer came; it may have been handled or not.',
    { temporary: true, address });
}

export function notSent(address) {
  return new DrawbridgeError(0, 'NOT_CONNECTED',
    'There is no connection, and no room to keep this until there is one.',
    { temporary: true, address });
}

export function closed(reason) {
  return new DrawbridgeError(0, 'CLOSED', reason || 'This connection is closed.');
}

export function timedOut(address, timeoutMs) {
  return new DrawbridgeError(Code.TIMEOUT, 'TIMEOUT',
    `No answer from ${address} in ${timeoutMs / 1000} s.`, { address });
}

export function badRequest(message, address) {
  return new DrawbridgeError(Code.BAD_REQUEST, 'BAD_REQUEST', message, { address });
}

export function tooLarge(address, bytes, limit) {
  return new DrawbridgeError(Code.LIMIT, 'LIMIT',
    `This is too large to send: ${bytes} bytes, and ${limit} is the limit.`, { address });
}

export function noToken() {
  return new DrawbridgeError(0, 'NO_TOKEN', 'No sign-in came in time.', { temporary: true });
}

/** The promise, or the error if it takes longer. */
export function within(ms, promise, error) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(error()), ms); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Calls what the page gave; what it throws is shown where the page's own errors are. */
export function callOut(listener, detail) {
  try {
    listener(detail);
  } catch (e) {
    (globalThis.reportError ?? console.error)(e);
  }
}
