// Compiled, never run: how a page in TypeScript uses the client.
import {
  connect,
  DrawbridgeError,
  openXhr,
  type Bridge,
  type Message,
  type Registration,
} from '../../../../../webroot/client/drawbridge.js';

interface Line {
  id: string;
  text: string;
}

const bridge: Bridge = connect('/eventbus', {
  token: async (why) => (why === 'connect' ? 'a' : 'b'),
  transports: [openXhr],
  backoff: { maxMs: 5_000 },
});

const off: () => void = bridge.on('state', ({ state, reason, retryInMs }) => {
  const wait: number | undefined = retryInMs;
  // @ts-expect-error there is no such state
  if (state === 'asleep') return;
  console.log(state, reason, wait);
});
bridge.on('unregistered', ({ address, error }) => console.log(address, error.code));
// @ts-expect-error there is no such event
bridge.on('opened', () => {});

const lines: Registration = bridge.register<Line>('chat.room.lobby', ({ body, reply }) => {
  const text: string = body.text;
  // @ts-expect-error a line has no such field
  body.colour;
  reply(text);
});
await lines.ready;

try {
  const answer: Message<Line> = await bridge.request<Line>('chat.post', { text: 'hello' }, {
    timeoutMs: 3_000,
    headers: { trace: ['a', 'b'] },
  });
  console.log(answer.body.id);
} catch (e) {
  if (e instanceof DrawbridgeError && e.temporary) {
    console.log(e.retryAfterMs ?? 0);
  }
}

// @ts-expect-error an address is a text
bridge.send(7);
await bridge.publish('news', { any: ['json', 1, null] });
const life: number | undefined = await bridge.refresh('new');
await bridge.unregister('chat.room.lobby');
off();
bridge.close();
console.log(life);
