import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { failure, FakeBridge, settled } from './fake-bridge.js';

test.beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
test.afterEach(() => mock.timers.reset());

test('a request resolves with the rec at its reply address', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome();

  const answer = bridge.client.request('greet.hello', { name: 'Ada' }, { timeoutMs: 3_000 });
  await settled();
  const { id, replyAddress, ...sent } = socket.last('send');
  socket.say({ type: 'rec', address: replyAddress, body: 'Hello Ada' });

  assert.deepEqual(sent,
    { type: 'send', address: 'greet.hello', body: { name: 'Ada' }, timeoutMs: 3_000 });
  assert.equal(typeof id, 'number');
  assert.ok(replyAddress.length <= 36);
  assert.equal((await answer).body, 'Hello Ada');
});

test('a refused request rejects with all that the bridge says', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome();

  const refused = failure(bridge.client.request('chat.post', {}));
  await settled();
  socket.say({
    type: 'err', body: 'access_denied', id: socket.last('send').id, failureCode: 4111,
    failureType: 'RATE_LIMITED', message: 'Slower.', temporary: true, retryAfterMs: 700,
  });

  const { name, code, type, message, temporary, retryAfterMs, address } = await refused;
  assert.deepEqual(
    { name, code, type, message, temporary, retryAfterMs, address },
    { name: 'DrawbridgeError', code: 4111, type: 'RATE_LIMITED', message: 'Slower.',
      temporary: true, retryAfterMs: 700, address: 'chat.post' });
});

test('a request that nobody answers ends by itself', async () => {
  const bridge = new FakeBridge();
  await bridge.welcome();

  const late = failure(bridge.client.request('slow', null, { timeoutMs: 500 }));
  await settled();
  mock.timers.tick(500);

  assert.equal((await late).code, 4108);
});

test('a request in flight at a cut fails and says that it may have been handled', async () => {
  const bridge = new FakeBridge();
  await bridge.welcome();

  const lost = failure(bridge.client.request('chat.post', {}));
  await settled();
  await bridge.cut();

  const error = await lost;
  assert.equal(error.type, 'DISCONNECTED');
  assert.equal(error.temporary, true);
});

test('publish and send resolve at their eb.ok, whatever the order', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome();
  const done = [];

  bridge.client.publish('a', 1).then(() => done.push('publish'));
  bridge.client.send('b', 2).then(() => done.push('send'));
  await settled();
  assert.deepEqual(done, []);
  socket.ok(socket.last('send').id);
  await settled();
  socket.ok(socket.last('publish').id);
  await settled();

  assert.deepEqual(done, ['send', 'publish']);
});

test('every frame after the welcome has an id of its own', async () => {
  const bridge = new FakeBridge({ token: 't' });
  const socket = await bridge.welcome();

  bridge.client.publish('a', 1);
  bridge.client.send('a', 1);
  bridge.client.register('a', () => {});
  bridge.client.refresh('t2');
  await settled();

  const ids = socket.frames.filter(({ type }) => type !== 'ping').map(({ id }) => id);
  assert.equal(ids.length, 4);
  assert.equal(new Set(ids).size, 4);
});

test('what is called before the connection waits for it, in order and up to its bound', async () => {
  const bridge = new FakeBridge({ offlineCalls: 2 });
  bridge.client.publish('a', 1).catch(() => {});
  bridge.client.publish('a', 2).catch(() => {});
  const third = await failure(bridge.client.publish('a', 3));

  const socket = await bridge.welcome();

  assert.equal(third.type, 'NOT_CONNECTED');
  const published = socket.frames.filter(({ type }) => type === 'publish');
  assert.deepEqual(published.map(({ body }) => body), [1, 2]);
});

test('what waits for a connection still ends in time', async () => {
  const bridge = new FakeBridge();

  const late = failure(bridge.client.publish('a', 1, { timeoutMs: 500 }));
  await settled();
  mock.timers.tick(500);

  assert.equal((await late).code, 4108);
  const socket = await bridge.welcome();
  assert.equal(socket.last('publish'), undefined);
});

test('a frame over the limit of the bridge is refused here, and the connection goes on', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome({ limits: { frameBytes: 1_000, handlers: 10 } });

  const error = await failure(bridge.client.publish('a', 'é'.repeat(600)));

  assert.equal(error.code, 4106);
  assert.match(error.message, /1000 is the limit/);
  assert.equal(socket.last('publish'), undefined);
});

test('what is not JSON is refused', async () => {
  const bridge = new FakeBridge();
  await bridge.welcome();

  assert.equal((await failure(bridge.client.publish('a', { big: 1n }))).code, 4107);
  assert.equal((await failure(bridge.client.publish('', 1))).code, 4107);
});

test('closing fails what waits for an answer, and what comes after', async () => {
  const bridge = new FakeBridge();
  await bridge.welcome();
  const pending = failure(bridge.client.request('a', 1));
  await settled();

  bridge.client.close();

  assert.equal((await pending).type, 'CLOSED');
  assert.equal((await failure(bridge.client.send('a', 1))).type, 'CLOSED');
  assert.equal((await failure(bridge.client.register('a', () => {}).ready)).type, 'CLOSED');
});

test('keys of a received body never reach a prototype', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome();
  const seen = [];
  bridge.client.register('a', ({ body, headers }) => seen.push({ body, headers }));
  await settled();

  socket.events.text('{"type":"rec","address":"a","body":{"__proto__":{"evil":1}},'
    + '"headers":{"__proto__":"x"}}');
  socket.events.text('{"type":"rec","address":"__proto__","body":1}');
  socket.events.text('{"type":"event","event":"eb.ok","message":{"id":"__proto__"}}');

  assert.equal(seen.length, 1);
  assert.equal({}.evil, undefined);
  assert.ok(Object.hasOwn(seen[0].body, '__proto__'));
});
