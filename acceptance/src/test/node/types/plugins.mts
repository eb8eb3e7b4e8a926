// Compiled, never run: how a page in TypeScript uses a client that knows the server's addresses.
import { connect, type Bridge, type Message } from '../../../../../webroot/client/drawbridge.js';
import type {
  Broadcasts,
  Events,
  Plugins,
  Requests,
  ShopBuyReply,
} from '../../../../../launcher/src/test/resources/io/drawbridge/pluginhost/contract/types.js';

const bridge = connect<Plugins>('/eventbus', { token: 'a' });

const bought = await bridge.request('shop.buy', {
  item: 'ink',
  lines: [{ count: 2, parts: [{ count: 1 }] }],
  pay: { kind: 'card', number: '4111111111111111' },
  size: [1],
  notes: { to: 'alice' },
}, { timeoutMs: 3_000 });
const total: number = bought.body.total;
const reply: ShopBuyReply = bought.body;
const id: string = reply.id;
await bridge.request('shop.buy', { item: 'paper', lines: [], pay: 'cash', 'gift?': true });
await bridge.request('shop.buy', { item: '"; }', lines: [], pay: null, size: [1, 2] });

// @ts-expect-error nobody sells gold
bridge.request('shop.buy', { item: 'gold', lines: [] });
// @ts-expect-error lines are required
bridge.request('shop.buy', { item: 'ink' });
// @ts-expect-error a body is required
bridge.request('shop.buy');
// @ts-expect-error a line counts
bridge.request('shop.buy', { item: 'ink', lines: [{}] });
// @ts-expect-error there is no such way to pay
bridge.request('shop.buy', { item: 'ink', lines: [], pay: 'gold' });
// @ts-expect-error a card has a number
bridge.request('shop.buy', { item: 'ink', lines: [], pay: { kind: 'card' } });
// @ts-expect-error two sizes at most
bridge.request('shop.buy', { item: 'ink', lines: [], size: [1, 2, 3] });
// @ts-expect-error one size at least
bridge.request('shop.buy', { item: 'ink', lines: [], size: [] });
// @ts-expect-error notes are texts
bridge.request('shop.buy', { item: 'ink', lines: [], notes: { to: 7 } });
// @ts-expect-error nothing else is taken
bridge.request('shop.buy', { item: 'ink', lines: [], colour: 'red' });
// @ts-expect-error a price is no part of the reply
bought.body.price;

const status = await bridge.request('shop.status');
await bridge.request('shop.status', { verbose: true });
const open: boolean = status.body.open;
const since: string | null | undefined = status.body.since;
const weekday: number | undefined = status.body.hours?.weekday;
// @ts-expect-error the time may be missing
const sure: string = status.body.since;

const pong: Message<{ [key: string]: unknown }> = await bridge.request('shop.ping', { any: 1 });
const until: unknown = (await bridge.request('gate.open')).body.until;

await bridge.request('gate.plan', { whole: { escaped: 'a' }, const: { a: [1, null, 'x'] }, list: null });
// @ts-expect-error it holds itself
bridge.request('gate.plan', { whole: { escaped: 7 } });
// @ts-expect-error nothing passes
bridge.send('gate.shut/~%`', {});

// @ts-expect-error nobody serves that
bridge.request('shop.sell', {});
// @ts-expect-error an event is not answered
bridge.request('shop.seen', { item: 'ink' });

await bridge.send('shop.seen', { item: 'ink' });
await bridge.send('shop.buy', { item: 'ink', lines: [] });
// @ts-expect-error what was seen is missing
bridge.send('shop.seen', {});
// @ts-expect-error a broadcast is for the server to publish
bridge.send('shop.prices', {});

bridge.register('shop.room.garden', ({ body }) => {
  const words: string = 'text' in body ? body.text : 'who' in body ? body.who : `${body.people}`;
  console.log(words);
});
bridge.register('shop.room.lobby', ({ body }) => {
  // @ts-expect-error it may be another shape
  body.people;
});
bridge.register('shop.`$.a.b.c', ({ body }) => console.log(body['anything']));
// @ts-expect-error nobody publishes there
bridge.register('shop.buy', () => {});
// @ts-expect-error nor there
bridge.register('yard.room.a', () => {});

// What the client does besides, it does as before.
bridge.on('state', ({ state }) => console.log(state));
await bridge.publish('elsewhere', 1);
await bridge.unregister('shop.room.lobby');
const untyped: Bridge = connect('/eventbus');
await untyped.request<{ any: string }>('any.address', { any: 'body' });

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const requests: Same<
  keyof Requests,
  'gate.open' | 'gate.plan' | 'shop.buy' | 'shop.status' | 'shop.ping'
> = true;
const events: Same<keyof Events, 'shop.seen' | 'gate.shut/~%`'> = true;
const room: keyof Broadcasts = 'shop.room.any';
console.log(total, id, open, since, weekday, sure, pong, until, requests, events, room);
