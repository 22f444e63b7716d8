// A process that deletes an experiment for good: node fixtures-deletion.mjs HOME NAME [files]. It prints `begins` before it does;
// with `files` it stays where its rows are gone and no file is, prints `here`, and waits to be killed.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [home, name, where] = process.argv.slice(2);
const { rmSync } = fs;
fs.rmSync = (file, options) => {
  if (where !== 'files') return rmSync(file, options);
  fs.writeSync(1, 'here\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
syncBuiltinESMExports();

const { openStore } = await import('@whorl/store');
const store = await openStore({ home });
const { id } = await store.experiments.get(name);
const { sign } = store.deletions.preview({ experimentIds: [id] });
fs.writeSync(1, 'begins\n');
await store.deletions.delete({ experimentIds: [id] }, sign);
await store.close();
