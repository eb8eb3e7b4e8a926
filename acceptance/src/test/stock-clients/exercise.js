// What a program with a stock client does: register, publish, send, request, reply, hear of
// failures, lose the network and come back. Runs unchanged in Node and in a browser.

const BOUND_MILLIS = 15_000;

/**
 * @param EventBus the stock client's constructor
 * @param {string} url where the bridge is
 * @param {string} transport the one SockJS transport to use
 * @param {(state: 'down' | 'up') => Promise<void>} network cuts the network, or mends it
 * @returns {Promise<string[]>} what was found to work
 */
export async function exercise(EventBus, url, transport, network) {
  const alice = await open(EventBus, url, transport);
  const bob = await open(EventBus, url, transport);
  const found = [];
  for (const part of [publishes, sends, requests, replies, fails, denies, unregisters]) {
    // An address of this run's own: somebody who has just left may still be on another.
    await part(alice, bob, `plain.${part.name}.${Date.now()}`);
    found.push(part.name);
  }
  await reconnects(alice, bob, network);
  found.push('reconnects');
  alice.close();
  bob.close();
  return found;
}

async function publishes(alice, bob, address) {
  const heard = await register(alice, address);
  for (const body of ['text', 42, true, false, [1, 'two'], { deep: { er: 'Zoë 😀' } }]) {
    bob.publish(address, body, { color: 'blue' });
    const message = await heard();
    same(message.body, body);
    same(message.headers, { color: 'blue' });
  }
}

async function sends(alice, bob, address) {
  const heard = await register(alice, address);
  bob.send(address, 'to one of us');
  same((await heard()).body, 'to one of us');
}

async function requests(alice, bob) {
  const reply = await request(bob, 'peer.echo', { question: 'why?' });
  same(reply.body, { question: 'why?' });
}

async function replies(alice, bob, address) {
  const heard = await register(alice, address);
  const answered = request(bob, address, 'how are you?');
  const again = new Promise((resolve) => {
    heard().then((message) => message.reply('well; you?', {}, (error, m) => resolve(m)));
  });
  const reply = await answered;
  same(reply.body, 'well; you?');
  reply.reply('well too');
  same((await within(again)).body, 'well too');
}

async function fails(alice, bob) {
  const failure = await refused(bob, 'peer.fail', {});
  same(failure.failureCode, 421);
  same(failure.failureType, 'RECIPIENT_FAILURE');
  same(failure.message, 'no such thing');
  same((await refused(bob, 'plain.nobody', {})).failureType, 'NO_HANDLERS');
}

async function denies(alice, bob) {
  const denied = within(new Promise((resolve) => (bob.onerror = resolve)));
  bob.publish('closed.room', 'let me in');
  same((await denied).body, 'access_denied');
  same((await refused(bob, 'closed.room', {})).failureCode, 4103);
}

async function unregisters(alice, bob, address) {
  const messages = [];
  const handler = (error, message) => messages.push(message);
  alice.registerHandler(address, handler);
  alice.unregisterHandler(address, handler);
  alice.publish(address, 'nobody hears this');
  // Frames of one client are handled in order: what comes back now is behind the lost one.
  const heard = await register(alice, `${address}.end`);
  alice.publish(`${address}.end`, 'end');
  await heard();
  same(messages, []);
}

async function reconnects(alice, bob, network) {
  const closed = [alice, bob].map((eb) => new Promise((resolve) => (eb.onclose = resolve)));
  const back = [alice, bob].map((eb) => new Promise((resolve) => (eb.onreconnect = resolve)));
  alice.enableReconnect(true);
  bob.enableReconnect(true);
  await network('down');
  await within(Promise.all(closed));
  await network('up');
  await within(Promise.all(back));
  await publishes(alice, bob, `plain.reconnects.${Date.now()}`);
}

function open(EventBus, url, transport) {
  const eb = new EventBus(url, {
    transports: [transport],
    // On a busy machine SockJS would give a transport up after some hundred milliseconds.
    timeout: BOUND_MILLIS,
    vertxbus_ping_interval: 1_000,
    vertxbus_reconnect_delay_min: 100,
    vertxbus_reconnect_delay_max: 500,
  });
  return within(
    new Promise((resolve, reject) => {
      eb.onopen = () => resolve(eb);
      eb.onclose = (event) => reject(new Error(`closed: ${event.code} ${event.reason}`));
    }),
  );
}

/** Registers, waits until messages arrive, and gives a function that waits for the next one. */
async function register(eb, address) {
  const waiting = [];
  const arrived = [];
  eb.registerHandler(address, (error, message) => {
    if (waiting.length > 0) {
      waiting.shift()(message);
    } else {
      arrived.push(message);
    }
  });
  const next = () =>
    arrived.length > 0
      ? Promise.resolve(arrived.shift())
      : within(new Promise((resolve) => waiting.push(resolve)));
  eb.publish(address, 'is this live?');
  same((await next()).body, 'is this live?');
  return next;
}

function request(eb, address, body) {
  return within(
    new Promise((resolve, reject) => {
      eb.send(address, body, {}, (error, message) =>
        error ? reject(new Error(JSON.stringify(error))) : resolve(message),
      );
    }),
  );
}

function refused(eb, address, body) {
  return within(
    new Promise((resolve, reject) => {
      eb.send(address, body, {}, (error, message) =>
        error ? resolve(error) : reject(new Error(`not refused: ${JSON.stringify(message)}`)),
      );
    }),
  );
}

function within(promise) {
  const where = new Error(`nothing came within ${BOUND_MILLIS} ms`);
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(where), BOUND_MILLIS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function same(actual, expected) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  }
}
