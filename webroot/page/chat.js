// The chat view: one connection, the rooms, and the room that is shown.

import { connect } from '/client/drawbridge.js';
import { Composer } from './composer.js';
import { byId, paintAvatar } from './elements.js';
import { showConnection } from './indicator.js';
import { Log } from './log.js';
import { Room } from './room.js';
import { Rooms } from './rooms.js';
import { kept, token } from './session.js';
import { drawer } from './side.js';
import { inWords } from './words.js';

/** Close codes after which only a new sign-in helps. */
const SIGN_IN_AGAIN = new Set([3005, 3500, 4101, 4109]);

/** From sign-in to sign-out. */
export class Chat {
  #bridge;
  #log;
  #rooms;
  #room = null;
  #composer;
  #listening = new Set();
  #stops;
  #missed = false;

  /** @param {(reason: string) => void} ended runs once, when this sign-in is over */
  constructor(ended) {
    const { subject } = kept();
    byId('me-name').textContent = subject;
    paintAvatar(byId('me-avatar'), subject);
    this.#bridge = connect('/eventbus', { token, backoff: { maxMs: 10_000 } });
    this.#log = new Log(subject);
    this.#rooms = new Rooms(this.#bridge, (room) => this.#enter(room));
    this.#composer = new Composer((text) => this.#post(text));
    this.#stops = [
      showConnection(this.#bridge),
      this.#bridge.on('state', (event) => this.#stateChanged(event, ended)),
      this.#bridge.on('unregistered', ({ error }) => this.#deaf(error)),
      drawer(),
    ];
    const look = () => document.visibilityState === 'visible' && this.#rooms.refresh();
    document.addEventListener('visibilitychange', look);
    this.#stops.push(() => document.removeEventListener('visibilitychange', look));
    this.#enter(Rooms.startingRoom());
    this.#rooms.refresh();
  }

  close() {
    this.#stops.forEach((stop) => stop());
    this.#room?.leave();
    this.#log.clear();
    this.#composer.clear();
    this.#bridge.close();
  }

  #stateChanged({ state, code, reason }, ended) {
    if (state === 'closed' && SIGN_IN_AGAIN.has(code)) {
      ended(reason);
    } else if (state === 'open' && this.#missed) {
      this.#missed = false;
      this.#room?.catchUp();
      this.#rooms.refresh();
    } else if (state === 'reconnecting' || state === 'closed') {
      this.#missed = true;
    }
  }

  #enter(name) {
    if (name === this.#room?.name) {
      this.#composer.focus();
      return;
    }
    this.#room?.leave();
    this.#room = new Room(name, this.#bridge, this.#log);
    byId('room-name').textContent = name;
    byId('log').setAttribute('aria-label', `Messages in ${name}`);
    byId('composer-note').hidden = true;
    document.title = `${name} · Drawbridge`;
    history.replaceState(null, '', `#${name}`);
    this.#rooms.entered(name);
    this.#composer.enter(name);
    this.#composer.focus();
    this.#listen(name);
    this.#room.enter();
  }

  /** Rooms that were entered once are listened to until sign-out: the list shows what is unread. */
  #listen(name) {
    if (this.#listening.has(name)) {
      return;
    }
    this.#listening.add(name);
    this.#bridge.register(`chat.room.${name}`, ({ body }) => this.#hear(name, body))
      .ready.catch((error) => {
        this.#listening.delete(name);
        this.#deaf(error);
      });
  }

  #hear(name, message) {
    if (name === this.#room?.name) {
      byId('composer-note').hidden = message.stored !== false;
      this.#room.receive(message);
    } else {
      this.#rooms.heard(name);
    }
  }

  #deaf(error) {
    if (error.type !== 'CLOSED') {
      byId('announce').textContent = `You don't hear this room: ${inWords(error)}`;
    }
  }

  async #post(text) {
    const { name } = this.#room;
    const line = this.#log.addSending(text);
    try {
      const { body } = await this.#bridge.request('chat.post', { room: name, text });
      this.#log.endSending(line);
      this.#hear(name, body);
    } catch (e) {
      this.#log.failSending(line, inWords(e), () => this.#post(text));
    }
  }
}
