// What a running server says of its plugins: node live-contract.mjs URL FOLDER
// Prints the addresses; fails if AsyncAPI's validator or a strict TypeScript compiler complains.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DiagnosticSeverity, Parser } from '@asyncapi/parser';

const [url, folder] = process.argv.slice(2);
const read = async (path) => (await fetch(url + path)).text();

const { document, diagnostics } = await new Parser().parse(await read('/asyncapi.json'));
const complaints = diagnostics.filter(({ severity }) => severity <= DiagnosticSeverity.Warning);
if (complaints.length > 0) {
  throw new Error(complaints.map(({ path, message }) => `${path.join('/')}: ${message}`).join('\n'));
}

writeFileSync(join(folder, 'plugins.d.ts'), await read('/client/types.d.ts'));
writeFileSync(join(folder, 'program.ts'), `
  import type { Broadcasts, Plugins, Requests } from './plugins.js';
  type Of<T extends keyof Requests> = Requests[T];
  export type Used = [Plugins, Of<keyof Requests>, Broadcasts];
`);
const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
execFileSync(process.execPath, [tsc, '--noEmit', '--strict', '--exactOptionalPropertyTypes',
  '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2022,dom', join(folder, 'program.ts')],
{ stdio: ['ignore', 'inherit', 'inherit'] });

for (const channel of document.channels().all()) {
  console.log(channel.address());
}
