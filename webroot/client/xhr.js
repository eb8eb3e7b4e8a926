// The slow way to the bridge, for networks that break WebSockets: SockJS over plain HTTP.
// One request streams what the server says (xhr_streaming); where something on the way holds the
// stream back, requests that end with each answer take its place (xhr). A third kind sends.

const STREAM_MS = 3_000;

/** Opens a SockJS session at `url`; takes and gives the same as {@link openWebSocket}. */
export function openXhr(url, events) {
  const session = new XhrSession(url, events);
  session.open('xhr_streaming');
  return session;
}

class XhrSession {
  #url;
  #events;
  #path = '';
  #receiving = 'xhr_streaming';
  #opened = false;
  #ended = false;
  #abort = new AbortController();
  #outbox = [];
  #sending = false;

  constructor(url, events) {
    this.#url = url;
    this.#events = events;
  }

  async open(receiving) {
    this.#receiving = receiving;
    this.#path = `${this.#url}/${threeDigits()}/${randomName()}`;
    const held = setTimeout(() => this.#poll(), STREAM_MS);
    try {
      do {
        await this.#receive(this.#abort.signal);
      } while (!this.#ended && this.#receiving === receiving);
    } catch {
      if (this.#receiving === receiving) {
        this.#end(1006, '');
      }
    } finally {
      clearTimeout(held);
    }
  }

  /** Nothing came through the stream: begin anew without one. */
  #poll() {
    if (!this.#opened && !this.#ended && this.#receiving === 'xhr_streaming') {
      this.#receiving = 'xhr';
      this.#abort.abort();
      this.#abort = new AbortController();
      this.open('xhr');
    }
  }

  async #receive(signal) {
    const response = await fetch(`${this.#path}/${this.#receiving}`, { method: 'POST', signal });
    if (!response.ok) {
      throw new Error(`HTTP ${response.status}`);
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split('\n');
      rest = lines.pop();
      lines.forEach((line) => this.#take(line));
    }
  }

  #take(line) {
    if (this.#ended) {
      return;
    }
    if (line[0] === 'o') {
      this.#opened = true;
      this.#events.open();
    } else if (line[0] === 'a') {
      JSON.parse(line.slice(1)).forEach((text) => this.#ended || this.#events.text(text));
    } else if (line[0] === 'c') {
      const [code, reason] = JSON.parse(line.slice(1));
      this.#end(code, reason);
    }
  }

  send(text) {
    this.#outbox.push(text);
    if (!this.#sending) {
      this.#flush();
    }
  }

  /** One request at a time, so that frames arrive in order; what gathers meanwhile goes together. */
  async #flush() {
    this.#sending = true;
    try {
      while (this.#outbox.length > 0 && !this.#ended) {
        const body = JSON.stringify(this.#outbox.splice(0));
        const response = await fetch(`${this.#path}/xhr_send`, {
          method: 'POST', body, headers: { 'Content-Type': 'text/plain' }, signal: this.#abort.signal,
        });
        if (!response.ok) {
          throw new Error(`HTTP ${response.status}`);
        }
      }
    } catch {
      this.#end(1006, '');
    } finally {
      this.#sending = false;
    }
  }

  close() {
    this.#end(1000, '');
  }

  #end(code, reason) {
    if (!this.#ended) {
      this.#ended = true;
      this.#abort.abort();
      this.#events.close(code, reason);
    }
  }
}

function threeDigits() {
  return String(Math.floor(Math.random() * 1000)).padStart(3, '0');
}

/** Whoever knows the name may speak in the session: it must not be guessable. */
function randomName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
