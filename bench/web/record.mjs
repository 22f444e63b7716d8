import { buildConfig, Rng, trainingStudy } from '@whorl/core';
import { openStore } from '@whorl/store';

const ACTIVATIONS = ['relu', 'tanh', 'gelu', 'linear'];
const OPTIMIZERS = ['sgd', 'adam'];
const PARAMS = 20;
const METRICS = 10;

/** @typedef {{ runs: number, steps: number }} Curves */
/** @typedef {{ metrics: number, steps: number }} Metrics */
/** @typedef {{ table: number, overlay: Curves, means: Curves, long: number, wide: Metrics }} Size how many runs, and points of each */

/** @type {Size} */
export const WHOLE = {
  table: 10_000,
  overlay: { runs: 100, steps: 10_000 },
  means: { runs: 1000, steps: 1000 },
  long: 1_000_000,
  wide: { metrics: 2000, steps: 1000 },
};
/** @type {Size} */
export const TINY = {
  table: 1000,
  overlay: { runs: 8, steps: 40 },
  means: { runs: 16, steps: 20 },
  long: 500,
  wide: { metrics: 150, steps: 20 },
};

/** @param {number} value */
export const thousands = (value) => value.toLocaleString('en-US');

/** @param {Size} size */
export const countsOf = ({ table, overlay, means, long, wide }) => ({
  runs: table + overlay.runs + means.runs + 2,
  points:
    table * METRICS * 3 +
    2 * (overlay.runs * overlay.steps + means.runs * means.steps + long) +
    wide.metrics * wide.steps,
});

/**
 * @typedef {object} Made what is in the record, by its id
 * @property {string} table the experiment of many runs of 20 params and 10 metrics
 * @property {string} overlay the experiment of long curves
 * @property {string} means the experiment of many runs, 8 groups
 * @property {string} million the experiment of one very long run
 * @property {string} long that run
 * @property {string} wide a run of another program with very many metrics
 */

/**
 * Fills a new record, the same on every machine.
 * @param {string} home @param {Size} size @returns {Promise<Made>}
 */
export async function makeRecord(home, size) {
  const store = await openStore({ home });
  const random = Rng.of(7);
  try {
    const table = await store.experiments.ensure(`${thousands(size.table)} runs`, 'spiral');
    const indices = Array.from({ length: size.table }, (_, i) => i);
    for (let start = 0; start < size.table; start += 1000) {
      await store.runs.insertMany(indices.slice(start, start + 1000).map((i) => tableRun(table.id, i, random)));
    }
    const overlay = await store.experiments.ensure(titleOf(size.overlay), 'spiral');
    await insertCurves(store, overlay.id, size.overlay, random);
    const means = await store.experiments.ensure(titleOf(size.means), 'spiral');
    await insertCurves(store, means.id, size.means, random);
    const long = await store.experiments.ensure(`${thousands(size.long)} points`, 'spiral');
    const [id = ''] = await insertCurves(store, long.id, { runs: 1, steps: size.long }, random);
    const wide = await insertWide(store, size.wide, random);
    return { table: table.id, overlay: overlay.id, means: means.id, million: long.id, long: id, wide };
  } finally {
    await store.close();
  }
}

/** @param {Curves} curves */
const titleOf = ({ runs, steps }) => `${thousands(runs)} runs of ${thousands(steps)} steps`;

/** @param {string} experimentId @param {Record<string, unknown>} values */
function runOf(experimentId, values) {
  const createdAt = new Date(1.79e12);
  return {
    experimentId,
    name: 'a run',
    config: buildConfig(trainingStudy('spiral').defaults, values),
    status: /** @type {const} */ ('finished'),
    engine: 'native',
    mode: 'compiled',
    environment: { stepsPerEpoch: 1, threads: 1 },
    command: 'npx whorl run spiral',
    createdAt,
    startedAt: createdAt,
    endedAt: createdAt,
    durationMs: 1000,
  };
}

/** @param {readonly number[]} values */
const column = (values) => Float64Array.from(values);

/** @param {string} experimentId @param {number} i @param {Rng} random */
function tableRun(experimentId, i, random) {
  const activation = ACTIVATIONS[i % ACTIVATIONS.length] ?? 'relu';
  const run = runOf(experimentId, { seed: i, 'model.activation': activation });
  const numbers = Array.from({ length: PARAMS - 1 }, (_, p) => [`param${p + 1}`, random.uniform()]);
  const metrics = Array.from({ length: METRICS }, (_, m) => {
    const values = [random.uniform(), random.uniform(), random.uniform()];
    return [`metric${m}`, { steps: column([0, 1, 2]), values: column(values), times: column([0, 1, 2]) }];
  });
  return {
    ...run,
    name: `${activation} · ${i}`,
    createdAt: new Date(run.createdAt.getTime() + i),
    params: Object.fromEntries([['param0', activation], ...numbers]),
    metrics: Object.fromEntries(metrics),
  };
}

/**
 * Runs with a falling loss and a rising accuracy, with noise, in 32-bit precision.
 * @param {import('@whorl/store').Store} store @param {string} experimentId
 * @param {Curves} size @param {Rng} random
 */
async function insertCurves(store, experimentId, { runs, steps }, random) {
  const ids = [];
  for (let i = 0; i < runs; i++) {
    const activation = i % ACTIVATIONS.length;
    const optimizer = Math.floor(i / ACTIVATIONS.length) % OPTIMIZERS.length;
    const values = {
      epochs: steps,
      seed: i,
      'model.activation': ACTIVATIONS[activation],
      'optimizer.name': OPTIMIZERS[optimizer],
    };
    const at = Float64Array.from({ length: steps }, (_, step) => step);
    const times = at.map((step) => 1.79e12 + 20 * step);
    const loss = new Float64Array(steps);
    const accuracy = new Float64Array(steps);
    const floor = 0.03 + 0.08 * activation;
    for (let step = 0; step < steps; step++) {
      const done = (5 * step) / steps;
      const noise = 0.06 * random.normal() * Math.exp(-done / 3);
      const fallen = floor + 1.1 * Math.exp(-(1 + 2 * optimizer) * (0.5 + 0.1 * activation) * done);
      loss[step] = Math.fround(Math.max(1e-4, fallen * (1 + 2 * noise)));
      accuracy[step] = Math.fround(Math.min(1, Math.max(0, 1 - fallen / 1.25 + noise)));
    }
    const metrics = { loss: { steps: at, values: loss, times }, accuracy: { steps: at, values: accuracy, times } };
    const [id = ''] = await store.runs.insertMany([{ ...runOf(experimentId, values), name: `run ${i}`, metrics }]);
    ids.push(id);
  }
  return ids;
}

/** How many metrics are logged at once. */
const BATCH = 100;

/**
 * A run of another program, with the metrics of every layer. Returns its id.
 * @param {import('@whorl/store').Store} store @param {Metrics} size @param {Rng} random
 */
async function insertWide(store, { metrics, steps }, random) {
  const { id: experimentId } = await store.experiments.create(`${thousands(metrics)} metrics`, null);
  const startedAt = new Date(1.79e12);
  const told = { experimentId, source: /** @type {const} */ ('mlflow'), name: 'wide', startedAt };
  const id = store.logged.start({ ...told, params: { seed: '1' }, tags: {}, environment: {} });
  const some = ['train/loss', 'train/lr', 'val/loss', 'val/accuracy', 'system/cpu', 'system/memory'];
  const keys = [...some, ...Array.from({ length: metrics - some.length }, (_, i) => `layers/${i >> 2}/norm${i % 4}`)];
  const at = Float64Array.from({ length: steps }, (_, step) => step);
  const times = at.map((step) => 1.79e12 + 1000 * step);
  for (let start = 0; start < keys.length; start += BATCH) {
    const series = keys.slice(start, start + BATCH).map((key) => {
      const values = at.map((step) => Math.exp(-step / steps) + 0.05 * random.normal());
      return { key, steps: at, values, times };
    });
    store.logged.log(id, { series });
  }
  store.logged.change(id, { status: 'finished', endedAt: startedAt });
  return id;
}
