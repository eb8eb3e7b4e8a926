// What the server writes of its plugins: the launcher's tests keep it beside two descriptors.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { DiagnosticSeverity, Parser } from '@asyncapi/parser';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const kept = '../../../../launcher/src/test/resources/io/drawbridge/pluginhost/contract/';

test("AsyncAPI's own validator has nothing to say against the document", async () => {
  const { document, diagnostics } = await new Parser().parse(
    readFileSync(here(`${kept}asyncapi.json`), 'utf8'));

  const complaints = diagnostics.filter(({ severity }) => severity <= DiagnosticSeverity.Warning);
  assert.deepEqual(complaints.map(({ path, message }) => `${path.join('/')}: ${message}`), []);
  assert.equal(document.version(), '3.0.0');
});

test('what AsyncAPI reads is what the descriptors say', async () => {
  const { document } = await new Parser().parse(readFileSync(here(`${kept}asyncapi.json`), 'utf8'));

  const buy = document.operations().get('shop.buy');
  assert.equal(buy.action(), 'receive');
  assert.equal(buy.channels().all()[0].address(), 'shop.buy');
  const lines = buy.messages().all()[0].payload().property('lines').items();
  assert.deepEqual(lines.required(), ['count'], 'references of a plugin lead to its definitions');
  const answers = buy.reply().messages().all().map((message) => message.name());
  assert.deepEqual(answers, ['shop.buy.reply', 'failure']);
  const room = document.channels().all().find((each) => each.address() === 'shop.room.{room}');
  assert.deepEqual(room.parameters().all().map((each) => each.id()), ['room']);
});

test('a strict TypeScript program uses the addresses as their types say', () => {
  execFileSync(process.execPath, [here('../../../node_modules/typescript/bin/tsc'),
    '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022',
    '--module', 'nodenext', '--lib', 'es2022,dom',
    here('types/plugins.mts')], { stdio: 'pipe', encoding: 'utf8' });
});
