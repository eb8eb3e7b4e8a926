// A bridge that a test plays by hand: it sees each frame, and says what it likes.

import { connect } from '../../../../webroot/client/drawbridge.js';

/** Lets promises that are ready run; timers stay where they are. */
export async function settled() {
  for (let i = 0; i < 20; i += 1) {
    await Promise.resolve();
  }
}

/** One socket that a client opened. */
export class FakeSocket {
  constructor(url, events) {
    this.url = url;
    this.events = events;
    this.frames = [];
    this.closed = false;
  }

  send(text) {
    this.frames.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  say(frame) {
    this.events.text(JSON.stringify(frame));
  }

  event(event, message) {
    this.say({ type: 'event', event, message });
  }

  ok(id, more) {
    this.event('eb.ok', { id, ...more });
  }

  /** The last frame of that type. */
  last(type) {
    return this.frames.filter((frame) => frame.type === type).at(-1);
  }
}

/** A client whose sockets the test holds. */
export class FakeBridge {
  sockets = [];
  states = [];

  constructor(options = {}) {
    const open = (url, events) => {
      const socket = new FakeSocket(url, events);
      this.sockets.push(socket);
      return socket;
    };
    this.client = connect('http://bridge.test/eventbus',
      { transports: [open], random: () => 1, ...options });
    this.client.on('state', (event) => this.states.push(event));
  }

  get socket() {
    return this.sockets.at(-1);
  }

  /** Opens the newest socket and answers its hello. */
  async welcome(more) {
    await settled();
    this.socket.events.open();
    this.socket.event('eb.welcome', {
      v: 1, session: 's-1', node: 'n', ping: 25_000, pongTimeout: 8_000,
      limits: { frameBytes: 65_536, handlers: 1_000 }, ...more,
    });
    await settled();
    return this.socket;
  }

  async cut(code = 1006) {
    this.socket.events.close(code, '');
    await settled();
  }
}

/** What a promise was rejected with; fails if it was not. */
export async function failure(promise) {
  const outcome = await promise.then((value) => ({ value }), (error) => ({ error }));
  if (!outcome.error) {
    throw new Error(`expected a failure, got ${JSON.stringify(outcome.value)}`);
  }
  return outcome.error;
}
