// Prints what the runner's training measures of each step of some configs on the portable engine: of each [loss, accuracy, ...].
// In a process of its own, as the runner has it. Its argument is a list of values on top of a study's defaults, as JSON.

import { buildConfig, trainingStudy } from '@whorl/core';
import { loadEngine, prepare } from '@whorl/core/node';
import { follow, train } from '@whorl/core/train';

const { study, cells } = JSON.parse(process.argv[2] ?? '');
const engine = await loadEngine('portable');
const all = [];
for (const values of cells) {
  const measured = [];
  const prepared = await prepare(buildConfig(trainingStudy(study).defaults, values));
  await follow(train(prepared, { engine, looks: false }), (event) => {
    if (event.kind === 'steps') for (const { metrics } of event.steps) measured.push(metrics.loss, metrics.accuracy);
  });
  all.push(measured);
}
process.stdout.write(JSON.stringify(all));
