// Runs the exercise in Node: in-node.js PACKAGE URL TRANSPORT. Asks its parent for the network to
// be cut or mended by a line "network down" or "network up", and waits for any line in return.

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { exercise } from './exercise.js';

const [packageName, url, transport] = process.argv.slice(2);
const EventBus = createRequire(import.meta.url)(packageName);
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const network = async (state) => {
  console.log(`network ${state}`);
  await answers.next();
};

try {
  const found = await exercise(EventBus, url, transport, network);
  console.log(`works: ${found.join(' ')}`);
  process.exit(0);
} catch (error) {
  console.log(error.stack);
  process.exit(1);
}
