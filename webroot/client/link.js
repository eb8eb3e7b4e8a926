// One socket's life: hello and welcome, ping and pong, and noticing that the other side is gone.

const HELLO_VERSION = 1;
const CLIENT = 'js/1.0';

/**
 * Talks to the bridge over one socket until it closes; never comes back by itself.
 *
 * The listener gets `open(welcome)` once, when frames may be sent (without a welcome the bridge is a
 * stock one), `upgraded(welcome)` if the welcome comes after that, `frame(frame)` for each frame that
 * is not ping, pong or welcome, `roundTrip(ms)`, and `closed({code, reason, opened, advice})` once
 * and last.
 */
export class Link {
  #times;
  #listener;
  #token;
  #socket;
  #timers = new Map();
  #welcome = null;
  #opened = false;
  #over = false;
  #heardAt = 0;
  #pingedAt = null;
  #advice = null;

  constructor(openSocket, url, token, times, listener) {
    this.#times = times;
    this.#listener = listener;
    this.#token = token;
    this.#after('open', times.openMs, () => this.#cut('No answer from the server.'));
    this.#socket = this.#dial(openSocket, url);
  }

  #dial(openSocket, url) {
    try {
      return openSocket(url, {
        open: () => this.#hello(),
        text: (text) => this.#receive(text),
        close: (code, reason) => this.#finish(code, reason),
      });
    } catch (e) {
      // What the browser forbids outright ends as what the network breaks: later, and by an event.
      queueMicrotask(() => this.#finish(1006, e.message));
      return { send() {}, close() {} };
    }
  }

  /** Whether the bridge said welcome, and so answers ids. */
  get welcome() {
    return this.#welcome;
  }

  write(text) {
    if (!this.#over) {
      this.#socket.send(text);
    }
  }

  close() {
    this.#over = true;
    this.#stopTimers();
    this.#socket.close();
  }

  #hello() {
    if (this.#over) {
      return;
    }
    this.#stop('open');
    const ext = { v: HELLO_VERSION, client: CLIENT };
    if (this.#token) {
      ext.token = this.#token;
    }
    this.#pingedAt = performance.now();
    this.write(JSON.stringify({ type: 'ping', ext }));
    this.#after('welcome', this.#times.welcomeMs, () => {
      this.#pingedAt = null;
      this.#begin();
    });
  }

  /** With or without a welcome: frames may flow. */
  #begin() {
    this.#stop('welcome');
    this.#opened = true;
    this.#ping();
    this.#listener.open(this.#welcome);
  }

  #receive(text) {
    if (this.#over) {
      return;
    }
    this.#heardAt = performance.now();
    const frame = parse(text);
    if (frame?.type === 'ping') {
      this.write('{"type":"pong"}');
    } else if (frame?.type === 'pong') {
      this.#pong();
    } else if (frame?.type === 'event' && frame.event === 'eb.welcome') {
      this.#welcomed(frame.message ?? {});
    } else if (frame) {
      this.#note(frame);
      this.#listener.frame(frame);
    }
  }

  #welcomed(welcome) {
    this.#welcome = welcome;
    if (this.#opened) {
      this.#listener.upgraded(welcome);
      return;
    }
    this.#begin();
    this.#pong();
  }

  /** What the server says about its own close outranks the table of codes. */
  #note(frame) {
    if (frame.type === 'event' && frame.event === 'eb.disconnect') {
      this.#advice = frame.message;
    }
  }

  /** Not a word since the last ping means that the path is gone; a stock bridge owes no word. */
  #ping() {
    const every = this.#welcome ? this.#times.pingMs : this.#times.stockPingMs;
    this.#after('ping', every, () => {
      if (this.#welcome && this.#pingedAt !== null && this.#heardAt < this.#pingedAt) {
        this.#cut('The server fell silent.');
        return;
      }
      this.#pingedAt = performance.now();
      this.write('{"type":"ping"}');
      this.#ping();
    });
  }

  #pong() {
    if (this.#pingedAt !== null) {
      this.#listener.roundTrip(performance.now() - this.#pingedAt);
      this.#pingedAt = null;
    }
  }

  /** Ends it from this side without waiting for a close handshake that may never come. */
  #cut(reason) {
    this.#finish(1006, reason);
    this.#socket.close();
  }

  #finish(code, reason) {
    if (!this.#over) {
      this.#over = true;
      this.#stopTimers();
      this.#listener.closed({ code, reason, opened: this.#opened, advice: this.#advice });
    }
  }

  #after(name, ms, run) {
    this.#stop(name);
    this.#timers.set(name, setTimeout(run, ms));
  }

  #stop(name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }

  #stopTimers() {
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers.clear();
  }
}

/** The frame, or null for what is none: one broken frame must not end a connection. */
function parse(text) {
  try {
    const frame = JSON.parse(text);
    return frame !== null && typeof frame === 'object' && !Array.isArray(frame) ? frame : null;
  } catch {
    return null;
  }
}
