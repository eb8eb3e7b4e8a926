import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Backoff } from '../../../../webroot/client/closing.js';
import { DrawbridgeError } from '../../../../webroot/client/drawbridge.js';
import { FakeBridge, FakeSocket, settled } from './fake-bridge.js';

test.beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
test.afterEach(() => mock.timers.reset());

test('waits double up to their bound, each anything from nothing to the whole', () => {
  let random = 1;
  const backoff = new Backoff({ baseMs: 500, maxMs: 4_000, random: () => random });

  assert.deepEqual([1, 2, 3, 4, 5, 6].map(() => backoff.next()),
    [500, 1_000, 2_000, 4_000, 4_000, 4_000]);
  random = 0;
  assert.equal(backoff.next(), 0);
  backoff.reset();
  random = 1;
  assert.equal(backoff.next(), 500);
});

test('a wait that the server asks for stays within its range, and nonsense counts as none', () => {
  const backoff = new Backoff({ random: () => 0.5 });

  assert.equal(backoff.within([1_000, 3_000]), 2_000);
  assert.equal(backoff.within(undefined), 0);
  assert.equal(backoff.within(['x', -5]), 0);
});

test('after a cut it comes back by itself and registers again', async () => {
  const bridge = new FakeBridge();
  await bridge.welcome();
  const seen = [];
  bridge.client.register('news', ({ body }) => seen.push(body), { since: 'today' });
  await settled();

  await bridge.cut();
  assert.equal(bridge.client.state, 'reconnecting');
  mock.timers.tick(500);
  const socket = await bridge.welcome();

  const { type, address, headers } = socket.last('register');
  assert.deepEqual({ type, address, headers },
    { type: 'register', address: 'news', headers: { since: 'today' } });
  socket.say({ type: 'rec', address: 'news', body: 'back' });
  assert.deepEqual(seen, ['back']);
});

test('while the server is away the waits grow, and one welcome makes them short again', async () => {
  const bridge = new FakeBridge();
  await bridge.welcome();
  for (const wait of [500, 1_000, 2_000]) {
    await bridge.cut();
    assert.equal(bridge.states.at(-1).retryInMs, wait);
    mock.timers.tick(wait);
    await settled();
  }
  await bridge.welcome();
  await bridge.cut();

  assert.equal(bridge.states.at(-1).retryInMs, 500);
});

for (const code of [1000, 1001, 1006, 3001, 3008, 3012]) {
  test(`close code ${code} brings it back`, async () => {
    const bridge = new FakeBridge();
    await bridge.welcome();
    await bridge.cut(code);
    assert.equal(bridge.client.state, 'reconnecting');
    assert.match(bridge.states.at(-1).reason, /^[A-Z].*\.$/);
  });
}

for (const code of [3500, 3501, 3502, 3503, 3504]) {
  test(`close code ${code} keeps it away until someone acts`, async () => {
    const bridge = new FakeBridge();
    await bridge.welcome();
    await bridge.cut(code);

    assert.equal(bridge.client.state, 'closed');
    assert.equal(bridge.states.at(-1).code, code);
    mock.timers.tick(100_000);
    await settled();
    assert.equal(bridge.sockets.length, 1);

    bridge.client.reconnect();
    await bridge.welcome();
    assert.equal(bridge.client.state, 'open');
  });
}

test('what the server says before it closes outranks the code', async () => {
  const bridge = new FakeBridge({ random: () => 0.5 });
  const socket = await bridge.welcome();
  socket.event('eb.disconnect', { code: 3001, reconnect: true, delayMs: [2_000, 8_000] });
  await bridge.cut(1006);
  assert.equal(bridge.states.at(-1).retryInMs, 5_000);
  assert.equal(bridge.states.at(-1).reason, 'The server is restarting.');

  mock.timers.tick(5_000);
  const next = await bridge.welcome();
  next.event('eb.disconnect', { code: 3001, reconnect: false });
  await bridge.cut(3001);
  assert.equal(bridge.client.state, 'closed');
});

test('a fresh token is asked for before each connection', async () => {
  let count = 0;
  const bridge = new FakeBridge({ token: async () => `token-${++count}` });
  const first = await bridge.welcome();
  await bridge.cut(3005);
  mock.timers.tick(500);
  const second = await bridge.welcome();

  assert.equal(first.frames[0].ext.token, 'token-1');
  assert.equal(second.frames[0].ext.token, 'token-2');
});

test('an expired token that cannot be renewed ends it', async () => {
  const bridge = new FakeBridge({ token: 'static' });
  await bridge.welcome();
  await bridge.cut(3005);

  assert.equal(bridge.client.state, 'closed');
  assert.equal(bridge.states.at(-1).reason, 'The sign-in has expired.');
});

test('a token that fails for a time is asked for again; one that fails for good ends it', async () => {
  const answers = [
    () => { throw new TypeError('offline'); },
    () => { throw new DrawbridgeError(0, 'SIGNED_OUT', 'Sign in again.', { temporary: false }); },
  ];
  const bridge = new FakeBridge({ token: async () => answers.shift()() });
  await settled();
  assert.equal(bridge.client.state, 'reconnecting');
  mock.timers.tick(500);
  await settled();

  assert.equal(bridge.client.state, 'closed');
  assert.equal(bridge.states.at(-1).reason, 'Sign in again.');
});

test('a token about to expire is renewed on the same connection', async () => {
  let count = 0;
  const bridge = new FakeBridge({ token: async () => `token-${++count}` });
  const socket = await bridge.welcome();

  socket.event('eb.expiring', { inMs: 25_000 });
  await settled();
  assert.equal(bridge.client.state, 'expiring');
  const { id, token } = socket.last('refresh');
  socket.ok(id, { expiresIn: 600 });
  await settled();

  assert.equal(token, 'token-2');
  assert.equal(bridge.client.state, 'open');
  assert.equal(bridge.sockets.length, 1);
});

test('a listener that throws does not keep the connection from coming back', async () => {
  const reported = mock.method(console, 'error', () => {});
  const bridge = new FakeBridge();
  bridge.client.on('state', () => { throw new Error('mine'); });
  await bridge.welcome();
  await bridge.cut();
  mock.timers.tick(500);
  await bridge.welcome();
  reported.mock.restore();

  assert.equal(bridge.client.state, 'open');
  assert.ok(reported.mock.callCount() > 0);
});

test('a way that does not open gives way to the next, which then comes first', async () => {
  const opened = [];
  const way = (name, works) => (url, events) => {
    opened.push(name);
    const socket = new FakeSocket(url, events);
    queueMicrotask(() => works ? events.open() : events.close(1006, ''));
    bridge.sockets.push(socket);
    return socket;
  };
  const bridge = new FakeBridge({ transports: [way('websocket', false), way('xhr', true)] });
  await settled();
  bridge.socket.event('eb.welcome', { v: 1 });
  assert.equal(bridge.client.state, 'open');
  await bridge.cut();
  mock.timers.tick(500);
  await settled();

  assert.deepEqual(opened, ['websocket', 'xhr', 'xhr']);

  bridge.socket.event('eb.welcome', { v: 1 });
  mock.timers.setTime(Date.now() + 300_000);
  await bridge.cut();
  mock.timers.tick(500);
  await settled();
  assert.deepEqual(opened.slice(3), ['websocket', 'xhr']);
});

test('a connection that falls silent is given up', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome();

  mock.timers.tick(10_000);
  assert.equal(socket.last('ping').ext, undefined);
  mock.timers.tick(10_000);
  await settled();

  assert.equal(socket.closed, true);
  assert.equal(bridge.client.state, 'reconnecting');
  assert.equal(bridge.states.at(-1).reason, 'The server fell silent.');
});
