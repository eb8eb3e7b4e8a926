import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { failure, FakeBridge, settled } from './fake-bridge.js';

test.beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
test.afterEach(() => mock.timers.reset());

const registers = (socket) => socket.frames.filter(({ type }) => type === 'register');

test('handlers of one address share one registration, and the last to go ends it', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome();
  const seen = [];
  const first = bridge.client.register('news', () => seen.push('first'));
  const second = bridge.client.register('news', () => seen.push('second'));
  await settled();
  assert.equal(registers(socket).length, 1);

  socket.ok(socket.last('register').id);
  await Promise.all([first.ready, second.ready]);
  socket.say({ type: 'rec', address: 'news', body: 1 });
  await first.unregister();
  socket.say({ type: 'rec', address: 'news', body: 2 });
  assert.equal(socket.last('unregister'), undefined);
  second.unregister();
  await settled();

  assert.deepEqual(seen, ['first', 'second', 'second']);
  assert.equal(socket.last('unregister').address, 'news');
});

test('a handler that throws does not keep the message from the others', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome();
  const reported = mock.method(console, 'error', () => {});
  const seen = [];
  bridge.client.register('news', () => { throw new Error('mine'); });
  bridge.client.register('news', ({ body }) => seen.push(body));
  await settled();

  socket.say({ type: 'rec', address: 'news', body: 1 });
  reported.mock.restore();

  assert.deepEqual(seen, [1]);
  assert.equal(reported.mock.callCount(), 1);
});

test('a refused registration rejects and is not made again', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome();
  const refused = failure(bridge.client.register('secret', () => {}).ready);
  await settled();
  socket.say({ type: 'err', body: 'access_denied', id: socket.last('register').id,
    address: 'secret', failureCode: 4103, failureType: 'PERMISSION_DENIED', message: 'No.' });
  assert.equal((await refused).code, 4103);

  await bridge.cut();
  mock.timers.tick(500);
  assert.equal(registers(await bridge.welcome()).length, 0);
});

test('a registration that fails for a time is tried again', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome();
  const registration = bridge.client.register('news', () => {});
  await settled();
  socket.say({ type: 'err', body: 'registration_failure', id: socket.last('register').id,
    failureCode: 4100, failureType: 'ERROR', message: 'Later.', temporary: true,
    retryAfterMs: 200 });
  await settled();
  mock.timers.tick(200);
  await settled();
  assert.equal(registers(socket).length, 2);
  socket.ok(socket.last('register').id);

  await registration.ready;
});

test('a right that went away ends the registration and says so', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome();
  const ended = [];
  bridge.client.on('unregistered', ({ address, error }) => ended.push([address, error.code]));
  bridge.client.register('news', () => {});
  bridge.client.register('moving', () => {});
  await settled();
  registers(socket).forEach(({ id }) => socket.ok(id));
  await settled();

  socket.event('eb.unregistered', { address: 'news', code: 4103, resubscribe: false });
  socket.event('eb.unregistered', { address: 'moving', code: 4113, resubscribe: true });
  mock.timers.tick(500);
  await settled();

  assert.deepEqual(ended, [['news', 4103]]);
  assert.deepEqual(registers(socket).map(({ address }) => address), ['news', 'moving', 'moving']);
});

test('a message that wants an answer can be answered, and asked back', async () => {
  const bridge = new FakeBridge();
  const socket = await bridge.welcome();
  const answers = [];
  bridge.client.register('ask', async (message) => {
    message.reply('yes');
    answers.push((await message.request('why?')).body);
  });
  bridge.client.register('tell', async (message) => answers.push(await failure(message.reply(1))));
  await settled();

  socket.say({ type: 'rec', address: 'ask', body: 'ready?', replyAddress: '__vertx.reply.1' });
  socket.say({ type: 'rec', address: 'tell', body: 'hear this' });
  await settled();
  const [reply, request] = socket.frames.filter(({ type }) => type === 'send');
  socket.say({ type: 'rec', address: request.replyAddress, body: 'because' });
  await settled();

  assert.deepEqual([reply.address, reply.body, reply.replyAddress],
    ['__vertx.reply.1', 'yes', undefined]);
  assert.equal(request.address, '__vertx.reply.1');
  assert.equal(answers[0].code, 4107);
  assert.equal(answers[1], 'because');
});
