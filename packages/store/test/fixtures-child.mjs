// A process that records: node fixtures-child.mjs HOME SEED POINTS. Prints `open`, then the number of stored points
// after each flush; with POINTS 0 it never ends by itself.

import { trainingStudy } from '@whorl/core';
import { openStore } from '@whorl/store';

const [home, seed, points] = process.argv.slice(2);
const store = await openStore({ home });
const { id: experimentId } = await store.experiments.ensure('many', 'spiral');
const config = { ...trainingStudy('spiral').defaults, seed: Number(seed) };
const run = await store.runs.start({
  experimentId,
  name: seed,
  config,
  engine: 'cpu',
  mode: 'eager',
  environment: {},
  command: '',
});
console.log(`run ${run.id}`);
const most = Number(points) || Number.POSITIVE_INFINITY;
for (let at = 0; at < most; at += 50) {
  const steps = Float64Array.from({ length: 50 }, (_, i) => at + i);
  store.metrics.append(run.id, [
    { key: 'loss', offset: at, steps, values: steps.map((step) => step * Number(seed)), times: steps },
  ]);
  console.log(at + 50);
  await new Promise((resolve) => setTimeout(resolve, 1));
}
await store.runs.end(run.id, 'finished', { durationMs: 1 });
await store.close();
