import { describe, expect, it } from 'vitest';
import { ACTIVATION_IDS, buildConfig, ConfigError, trainingStudy } from '../src/index.ts';
import { loadEngine } from '../src/node/index.ts';
import type { Engine } from '../src/train/index.ts';
import { train } from './heard.ts';

const study = trainingStudy('spiral');
/** 99 rows: the last panel of 8 has 3. */
const SMALL = { 'data.n': 33, 'model.hidden': [20, 10], epochs: 20, 'optimizer.weightDecay': 0.01 };

interface Trained {
  readonly rows: readonly Readonly<Record<string, number>>[];
  readonly ends: Readonly<Record<string, number>>;
  readonly weights: readonly Float32Array[];
}

interface Asked {
  /** What goes through each layer. */
  readonly layers?: boolean;
  /** The whole training and test set at the end. */
  readonly ends?: boolean;
}

async function trained(engine: Engine, values: Record<string, unknown>, asked: Asked): Promise<Trained> {
  const rows: Record<string, number>[] = [];
  const ends: Record<string, number> = {};
  const { weights, mode } = await train(
    buildConfig(study.defaults, { ...('model.name' in values ? {} : SMALL), ...values }),
    {
      engine,
      probes: { layers: asked.layers ?? false },
      onStep: ({ metrics }) => rows.push(metrics),
      ...(asked.ends !== false && { onMetrics: (_, metrics) => Object.assign(ends, metrics) }),
    },
  );
  expect(mode).toBe(engine.name === 'portable' ? 'compiled' : 'eager');
  return { rows, ends, weights };
}

/** The same config trained here and by TF.js's own kernels in JavaScript, every number of every step to 1e-5. */
async function expectAsOnCpu(values: Record<string, unknown>, asked: Asked = {}): Promise<void> {
  const found = await trained(await loadEngine('portable'), values, asked);
  const wanted = await trained(await loadEngine('cpu'), values, asked);
  expect(found.rows).toHaveLength(wanted.rows.length);
  for (const [step, row] of wanted.rows.entries()) {
    expect(Object.keys(found.rows[step] ?? {})).toEqual(Object.keys(row));
    for (const [key, value] of Object.entries(row)) {
      const other = found.rows[step]?.[key] as number;
      const off = Object.is(value, other) ? 0 : Math.abs(other - value) / Math.max(1, Math.abs(value));
      expect(off, `${key} of step ${step}: ${other}, on cpu ${value}`).toBeLessThan(1e-5);
    }
  }
  expect(Object.keys(found.ends).sort()).toEqual(Object.keys(wanted.ends).sort());
  for (const key of asked.ends === false ? [] : ['trainLoss', 'testLoss', 'trainAccuracy', 'testAccuracy'])
    expect(found.ends[key], key).toBeCloseTo(wanted.ends[key] as number, key.endsWith('Loss') ? 4 : 2);
  for (const [i, weights] of wanted.weights.entries())
    for (const [j, weight] of weights.entries())
      expect(Math.abs((found.weights[i]?.[j] as number) - weight), `weight ${j} of ${i}`).toBeLessThan(2e-4);
}

describe('the portable engine trains as TF.js does in JavaScript', () => {
  it.each(ACTIVATION_IDS)('activation %s, with what goes through each layer', (activation) =>
    expectAsOnCpu({ 'model.activation': activation }, { layers: true }),
  );

  it.each(
    ['softmax-cross-entropy', 'sigmoid-cross-entropy', 'softmax-squared-error'].flatMap((name) => [
      { 'loss.name': name, 'loss.stable': true },
      { 'loss.name': name, 'loss.stable': false },
    ]),
  )('loss %o', (values) => expectAsOnCpu(values));
  it('loss squared-error', () => expectAsOnCpu({ 'loss.name': 'squared-error' }));

  it.each(['sgd', 'momentum', 'nesterov', 'rmsprop', 'adagrad', 'adam', 'adamw'])('optimizer %s', (name) =>
    expectAsOnCpu({ 'optimizer.name': name, 'optimizer.lr': 0.01 }),
  );

  it.each([
    { 'schedule.name': 'step', 'schedule.every': 5, 'schedule.factor': 0.5 },
    { 'schedule.name': 'exponential', 'schedule.factor': 0.95 },
    { 'schedule.name': 'cosine', 'optimizer.name': 'momentum' },
  ])('schedule %o', (values) => expectAsOnCpu(values));

  it.each(
    ['plain', 'residual', 'batch-norm', 'residual-batch-norm'].flatMap((block) =>
      [
        { 'model.hidden': [9, 9, 9], 'model.dropout': 0 },
        { 'model.hidden': [2, 7, 7], 'model.dropout': 0.4 },
      ].map((values) => ({ 'model.block': block, ...values })),
    ),
  )('block %o, in batches of 13 with a last one of 8', (values) =>
    expectAsOnCpu({ ...values, batchSize: 13, epochs: 6, 'model.activation': 'gelu' }, { layers: true }),
  );

  it.each([
    { 'model.hidden': [], batchSize: 1, epochs: 1 },
    { 'model.hidden': [1], batchSize: 7, epochs: 4 },
    { 'model.hidden': [17, 33], 'data.classes': 11, 'data.n': 9, batchSize: 31, epochs: 12 },
    { 'data.name': 'gaussians', 'data.n': 50, 'data.classes': 2 },
    { 'data.name': 'mnist', 'data.n': 20, 'data.augment': 'shift', 'model.hidden': [12], epochs: 10 },
    { 'data.name': 'mnist', 'data.n': 20, 'model.hidden': [12], batchSize: 6, epochs: 10 },
  ])('shape %o', (values) => expectAsOnCpu(values));

  // Half of the units of such a network give 0 for every row, as half of the pixels of digits are: they are left out.
  it.each([
    { 'data.n': 70, 'model.hidden': [32, 32, 18, 21, 32, 35, 19], epochs: 40, 'optimizer.lr': 0.01 },
    { 'data.name': 'mnist', 'data.n': 64, batchSize: 50, 'model.hidden': [33, 18, 9], epochs: 10 },
    { 'data.name': 'mnist', 'data.n': 64, 'model.hidden': [18], 'model.activation': 'tanh', epochs: 10 },
  ])('zeros %o', (values) => expectAsOnCpu(values));

  // An activation that makes something of 0 must leave zeros beside the pictures; maxima that overlap; means of odd sides.
  it.each([
    { 'model.name': 'lenet', 'model.filters': [3, 5], 'model.activation': 'sigmoid', 'model.dense': [7] },
    { 'model.name': 'lenet', 'model.filters': [2, 3], 'model.activation': 'gelu', 'model.pooling': 'max' },
    { 'model.name': 'alexnet-small', 'model.activation': 'softplus' },
    { 'model.name': 'alexnet-small', 'model.activation': 'relu', 'model.dropout': 0.5 },
    { 'model.name': 'alexnet-small', 'model.activation': 'tanh', 'model.pooling': 'average' },
    // Filters and channels in multiples of 4: by tiles.
    { 'model.name': 'alexnet-small', 'model.filters': [4, 8, 12, 8, 4] },
    { 'model.name': 'alexnet-small', 'model.filters': [8, 4, 4, 3, 4], 'model.activation': 'gelu' },
    {
      'model.name': 'alexnet-small',
      'model.filters': [4, 4],
      'model.activation': 'sigmoid',
      'model.pooling': 'average',
    },
    {
      'model.name': 'alexnet-small',
      'model.filters': [4, 4, 12],
      'model.activation': 'tanh',
      'model.pooling': 'average',
    },
  ])('convolutions %o', (values) =>
    expectAsOnCpu(
      {
        ...{ 'data.name': 'mnist', 'data.n': 10, batchSize: 6, epochs: 2 },
        ...{ 'model.filters': [3, 4, 5, 4, 2], 'model.dense': [9, 6], 'optimizer.lr': 3e-3 },
        ...values,
      },
      { layers: true, ends: false },
    ),
  );
});

it('what the portable engine cannot run is refused by name, and so are steps op by op', async () => {
  const engine = await loadEngine('portable');
  const config = buildConfig(study.defaults, SMALL);
  const refused = train(config, { engine, eager: true });
  await expect(refused).rejects.toThrow(ConfigError);
  await expect(refused).rejects.toThrow('--eager: the engine portable runs whole steps alone');
});
