// Compiles assembly/ to WebAssembly and writes it as a module, src/generated/portable.ts: so that it is there wherever the
// rest of the package is, in a bundle, in a worker of a page and in a page that was opened from disk.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** The names of the operations in the order of their numbers. */
function operations() {
  const source = readFileSync(`${folder}assembly/program.ts`, 'utf8');
  const list = /const KERNELS.*= \[\n([^\]]+)\]/.exec(source)?.[1];
  if (!list) throw new Error('assembly/program.ts: expected a list of names called KERNELS');
  return list.split(',').flatMap((entry) => entry.trim().split('.').at(-1) || []);
}

/** @type {Uint8Array | undefined} */
let wasm;
const { error, stderr } = await asc.main(
  // Without the relaxed instructions, which may differ from machine to machine.
  [
    ...['assembly/index.ts', '--baseDir', folder, '--outFile', 'engine.wasm', '-O3', '--noAssert'],
    ...['--runtime', 'stub', '--enable', 'simd', '--importMemory', '--use', 'abort='],
  ],
  {
    readFile: (name, base) => {
      try {
        return readFileSync(`${base}/${name}`, 'utf8');
      } catch {
        return null; // asc looks in several places
      }
    },
    writeFile: (_, contents) => {
      wasm = /** @type {Uint8Array} */ (contents);
    },
    listFiles: () => [],
  },
);
if (error || !wasm) {
  console.error(String(stderr) || error);
  process.exit(1);
}
mkdirSync(`${folder}src/generated`, { recursive: true });
writeFileSync(
  `${folder}src/generated/portable.ts`,
  `// Written by scripts/assemble.mjs of assembly/.

export const OPERATIONS = ${JSON.stringify(operations())} as const;

/** Of the bytes of the WebAssembly below. */
export const SHA256: string = '${createHash('sha256').update(wasm).digest('hex')}';

export const WASM_BASE64: string =
  '${Buffer.from(wasm).toString('base64')}';
`,
);
