import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { failure, FakeBridge, settled } from './fake-bridge.js';

test.beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
test.afterEach(() => mock.timers.reset());

test('the hello is a ping that a stock bridge understands, and nothing goes before it', async () => {
  const bridge = new FakeBridge({ token: 'a.b.c' });
  bridge.client.register('news', () => {});
  bridge.client.publish('news', 1);
  await settled();
  bridge.socket.events.open();

  assert.deepEqual(bridge.socket.frames,
    [{ type: 'ping', ext: { v: 1, client: 'js/1.0', token: 'a.b.c' } }]);
});

test('a ping is answered by a pong, and pongs tell the round trip', async () => {
  const bridge = new FakeBridge();
  const trips = [];
  bridge.client.on('roundTrip', (ms) => trips.push(ms));
  const socket = await bridge.welcome();

  socket.say({ type: 'ping' });
  mock.timers.tick(10_000);
  socket.say({ type: 'pong' });
  socket.say({ type: 'pong' });

  assert.equal(socket.frames.filter(({ type }) => type === 'pong').length, 1);
  assert.equal(trips.length, 2);
  assert.equal(bridge.client.roundTripMs, trips[1]);
});

test('without a welcome in two seconds the bridge is taken for a stock one', async () => {
  const bridge = new FakeBridge();
  bridge.client.register('news', () => {});
  await settled();
  bridge.socket.events.open();
  mock.timers.tick(2_000);
  await bridge.client.publish('news', { n: 1 });

  assert.equal(bridge.client.state, 'open');
  assert.equal(bridge.client.welcome, null);
  assert.deepEqual(bridge.socket.frames.slice(1), [
    { type: 'register', address: 'news' },
    { type: 'publish', address: 'news', body: { n: 1 } },
  ]);
  mock.timers.tick(5_000);
  assert.deepEqual(bridge.socket.frames.at(-1), { type: 'ping' });
});

test('a welcome that comes late upgrades: what is registered stays, ids from then on', async () => {
  const bridge = new FakeBridge();
  const registration = bridge.client.register('news', () => {});
  await settled();
  bridge.socket.events.open();
  mock.timers.tick(2_000);
  await registration.ready;

  bridge.socket.event('eb.welcome', { v: 1, session: 's', limits: { frameBytes: 100_000 } });
  bridge.client.publish('news', 1);
  await settled();

  assert.equal(bridge.client.welcome.session, 's');
  assert.equal(bridge.socket.frames.filter(({ type }) => type === 'register').length, 1);
  assert.equal(typeof bridge.socket.last('publish').id, 'number');
});

test('the failures of a stock bridge have the codes of this one', async () => {
  const bridge = new FakeBridge();
  await settled();
  bridge.socket.events.open();
  mock.timers.tick(2_000);

  const codes = [];
  for (const [failureCode, failureType] of
    [[-1, 'NO_HANDLERS'], [-1, 'TIMEOUT'], [418, 'RECIPIENT_FAILURE']]) {
    const refused = failure(bridge.client.request('a', 1));
    await settled();
    const address = bridge.socket.last('send').replyAddress;
    bridge.socket.say({ type: 'err', address, failureCode, failureType, message: 'no' });
    const { code, temporary } = await refused;
    codes.push([code, temporary]);
  }

  assert.deepEqual(codes, [[4104, true], [4108, true], [418, false]]);
});

test('a refusal that names no call is an error event', async () => {
  const bridge = new FakeBridge();
  const errors = [];
  bridge.client.on('error', ({ code, type }) => errors.push([code, type]));
  await settled();
  bridge.socket.events.open();
  mock.timers.tick(2_000);

  ['access_denied', 'not_logged_in', 'max_handlers_reached', 'invalid_type'].forEach((body) =>
    bridge.socket.say({ type: 'err', body }));

  assert.deepEqual(errors, [
    [4103, 'PERMISSION_DENIED'], [4101, 'UNAUTHORIZED'], [4106, 'LIMIT'], [4107, 'BAD_REQUEST'],
  ]);
});

test('frames that are none are passed over', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome();

  ['', '{', '[]', 'null', '1', '{}', '{"type":"event"}', '{"type":"rec"}'].forEach((text) =>
    socket.events.text(text));

  assert.equal(bridge.client.state, 'open');
});
