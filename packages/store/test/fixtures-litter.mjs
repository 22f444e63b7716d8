// A process that is in the middle of keeping a file: node fixtures-litter.mjs HOME part|moved. It prints `here` and stays
// where it has written the file and not moved it (`part`), or moved it and not written its row (`moved`), until it is killed.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { trainingStudy } from '@whorl/core';

const [home, where] = process.argv.slice(2);
const { openStore } = await import('@whorl/store');
const store = await openStore({ home });
const { id: experimentId } = await store.experiments.ensure('killed', 'spiral');
const run = await store.runs.start({
  experimentId,
  name: 'killed',
  config: { ...trainingStudy('spiral').defaults, seed: 1 },
  engine: 'cpu',
  mode: 'eager',
  environment: {},
  command: '',
});
const put = (text) => store.artifacts.put(run.id, { name: text, mediaType: 'text/plain', data: Buffer.from(text) });
await put('kept');

const { renameSync } = fs;
fs.renameSync = (from, to) => {
  if (where === 'moved') renameSync(from, to);
  fs.writeSync(1, 'here\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
syncBuiltinESMExports();
await put('lost');
