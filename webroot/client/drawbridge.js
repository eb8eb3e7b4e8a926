// Drawbridge's client: talks from a browser to addresses on a Vert.x event bus.

import { Bridge } from './bridge.js';

export { DrawbridgeError } from './errors.js';
export { openWebSocket } from './websocket.js';
export { openXhr } from './xhr.js';

/**
 * Connects to a bridge, and stays connected until it is closed or told to stay away.
 *
 * Returns at once; what is called before the connection is there waits for it, up to
 * `offlineCalls` calls. `drawbridge.d.ts` tells every option, event and shape.
 *
 * @param {string} url the bridge, such as `/eventbus`, relative to the page
 * @param {object} [options]
 * @param {string | (why: 'connect' | 'expiring') => Promise<string>} [options.token] a JWT, or how
 *     to get one that is fresh; asked before each connection and before the last one expires
 * @param {number} [options.timeoutMs] how long a call waits for its answer; 10,000
 * @param {number} [options.offlineCalls] how many calls may wait for a connection; 100
 * @returns {Bridge}
 */
export function connect(url, options = {}) {
  return new Bridge(new URL(url, globalThis.location?.href).href.replace(/\/$/, ''), options);
}
