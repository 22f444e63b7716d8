// Prints what the runner's training measures of each step of some configs on the portable engine: of each [loss, accuracy, ...].
// In a process of its own, as the runner has it. Its argument is a list of values on top of a study's defaults, as JSON, and
// after how many steps to stop, where it is not to the end.

import { buildConfig, trainingStudy } from '@whorl/core';
import { loadEngine, prepare } from '@whorl/core/node';
import { follow, train } from '@whorl/core/train';

const { study, cells, steps = Number.POSITIVE_INFINITY } = JSON.parse(process.argv[2] ?? '');
const engine = await loadEngine('portable');
const all = [];
for (const values of cells) {
  const measured = [];
  const prepared = await prepare(buildConfig(trainingStudy(study).defaults, values));
  const end = new AbortController();
  await follow(train(prepared, { engine, looks: false, signal: end.signal }), (event) => {
    if (event.kind === 'steps') for (const { metrics } of event.steps) measured.push(metrics.loss, metrics.accuracy);
    if (measured.length >= 2 * steps) end.abort();
  });
  all.push(measured.slice(0, 2 * steps));
}
process.stdout.write(JSON.stringify(all));
