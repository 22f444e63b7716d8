// Logs points at a rate, as a runner does. Arguments: home, points per second, seconds. First prints the run's id.

import { buildConfig, trainingStudy } from '@whorl/core';
import { openStore, Recorder } from '@whorl/store';

const [home = '', rate = '', seconds = ''] = process.argv.slice(2);
const points = Number(rate) * Number(seconds);
const store = await openStore({ home });
const { id: experimentId } = await store.experiments.ensure('live', 'spiral');
const run = await store.runs.start({
  experimentId,
  name: 'live',
  config: buildConfig(trainingStudy('spiral').defaults, { epochs: points }),
  engine: 'native',
  mode: 'compiled',
  environment: { stepsPerEpoch: 1 },
  command: 'npx whorl run spiral',
});
console.log(run.id);
const recorder = new Recorder(store, run.id);
const start = performance.now();
let step = 0;
await new Promise((resolve) => {
  const timer = setInterval(() => {
    const due = Math.min(points, Math.floor(((performance.now() - start) / 1000) * Number(rate)));
    for (; step < due; step++) recorder.log(step, { loss: Math.exp(-step / 2e5) + 0.05 * Math.sin(step) ** 7 });
    if (step < points) return;
    clearInterval(timer);
    resolve(null);
  }, 50);
});
recorder.close();
await store.runs.end(run.id, 'finished', { durationMs: performance.now() - start });
await store.close();
