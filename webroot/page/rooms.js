// The list of rooms, and the way into a new one.

import { byId, element } from './elements.js';
import { inWords } from './words.js';

const NAME = /^[a-z0-9-]{1,64}$/;
const FIRST = 'lobby';
const PAGE = 100;
const MOST_PAGES = 10;

/** What somebody typed, as the name of a room; empty if nothing of it can be one. */
export function roomNamed(typed) {
  return typed.trim().toLowerCase().replace(/[\s_]+/g, '-').replace(/^#/, '');
}

/** The rooms at the side: those that the server knows, and those that one has entered. */
export class Rooms {
  #bridge;
  #enter;
  #names = new Set([FIRST]);
  #unread = new Map();
  #current = '';

  /** @param {(room: string) => void} enter runs when one chooses a room */
  constructor(bridge, enter) {
    this.#bridge = bridge;
    this.#enter = enter;
    byId('join').onsubmit = (event) => this.#join(event);
  }

  static startingRoom() {
    const wanted = decodeURIComponent(location.hash.slice(1));
    return NAME.test(wanted) ? wanted : FIRST;
  }

  async refresh() {
    try {
      await this.#load();
      byId('rooms-error').textContent = '';
    } catch (e) {
      byId('rooms-error').textContent = `Other rooms can't be listed: ${inWords(e)}`;
    }
    this.#show();
  }

  async #load() {
    let page = { more: true, after: 0 };
    for (let i = 0; page.more && i < MOST_PAGES; i += 1) {
      const query = i === 0 ? { limit: PAGE } : { limit: PAGE, after: page.after };
      page = (await this.#bridge.request('chat.rooms', query)).body;
      page.rooms.forEach(({ room }) => this.#names.add(room));
    }
  }

  entered(room) {
    this.#current = room;
    this.#names.add(room);
    this.#unread.delete(room);
    this.#show();
  }

  /** Something was said in a room that is not shown. */
  heard(room) {
    this.#unread.set(room, (this.#unread.get(room) ?? 0) + 1);
    this.#show();
  }

  #join(event) {
    event.preventDefault();
    const input = byId('join-room');
    const room = roomNamed(input.value);
    if (!NAME.test(room)) {
      byId('join-error').textContent = room
        ? 'A room is named with letters from a to z, digits and hyphens, up to 64.'
        : 'Type the name of a room.';
      input.focus();
      return;
    }
    byId('join-error').textContent = '';
    input.value = '';
    this.#enter(room);
  }

  #show() {
    const list = byId('rooms');
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.room : '';
    list.replaceChildren(...[...this.#names].sort().map((room) => this.#entry(room)));
    list.querySelector(`[data-room="${focused}"]`)?.focus();
  }

  #entry(room) {
    const button = element('button', 'room-link', element('span', 'name', room));
    button.type = 'button';
    button.dataset.room = room;
    button.onclick = () => this.#enter(room);
    if (room === this.#current) {
      button.setAttribute('aria-current', 'page');
    }
    const unread = this.#unread.get(room);
    if (unread) {
      button.append(element('span', 'unread', unread > 99 ? '99+' : String(unread),
        element('span', 'unseen', ' unread')));
    }
    return element('li', '', button);
  }
}
