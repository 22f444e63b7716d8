// Records runs as another process than the test: a later launch of the recorder.
// node fixtures-record.mjs HOME '[{ "config": {...}, "metric": "accuracy", "value": 0.9 }]'

import { openStore } from '@whorl/store';

const [home = '', runs = '[]'] = process.argv.slice(2);
const store = await openStore({ home });
const { id: experimentId } = await store.experiments.ensure('made up', 'spiral');
const ids = [];
for (const { config, metric, value } of JSON.parse(runs)) {
  const named = { experimentId, name: `seed ${config.seed}`, command: 'npx whorl run spiral' };
  const { id } = await store.runs.start({ ...named, config, engine: 'cpu', mode: 'eager', environment: {} });
  const column = Float64Array.of(value);
  store.metrics.append(id, [{ key: metric, offset: 0, steps: Float64Array.of(0), values: column, times: column }]);
  await store.runs.end(id, 'finished', { durationMs: 1 });
  ids.push(id);
}
await store.close();
console.log(JSON.stringify(ids));
