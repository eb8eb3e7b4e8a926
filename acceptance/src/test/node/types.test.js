import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import * as client from '../../../../webroot/client/drawbridge.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

test('a strict TypeScript program uses the client as the typings say', () => {
  execFileSync(process.execPath, [here('../../../node_modules/typescript/bin/tsc'),
    '--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2022,dom',
    here('types/usage.mts')], { stdio: 'pipe', encoding: 'utf8' });
});

test('the typings name all that the module exports, and nothing else', () => {
  const typings = readFileSync(here('../../../../webroot/client/drawbridge.d.ts'), 'utf8');
  const named = new Set([...typings.matchAll(/^export (?:const|class|function) (\w+)/gm)]
    .map(([, name]) => name));

  assert.deepEqual([...named].sort(), Object.keys(client).sort());
});
