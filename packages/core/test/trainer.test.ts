import { beforeAll, describe, expect, it } from 'vitest';
import { buildConfig, type Config, trainingStudy } from '../src/index.ts';
import { loadEngine, prepare } from '../src/node/index.ts';
import type { Engine } from '../src/train/index.ts';
import { extentOf, openEvaluator, openTrainer, planePoints, withoutNorms } from '../src/train/trainer/index.ts';
import { train } from './heard.ts';

const study = trainingStudy('spiral');
/** 99 rows: the last panel of 8 has 3. */
const SMALL = { 'data.n': 33, 'model.hidden': [20, 20], epochs: 30, 'optimizer.lr': 0.01 };
const configOf = (values: Record<string, unknown>): Config => buildConfig(study.defaults, { ...SMALL, ...values });

/** A network of every kind that a lab or the playground may have. */
const CASES: Record<string, unknown>[] = [
  ...['linear', 'relu'].flatMap((activation) =>
    ['sgd', 'adam'].map((name) => ({ 'model.activation': activation, 'optimizer.name': name })),
  ),
  { batchSize: 40 },
  { 'model.dropout': 0.3, batchSize: 32 },
  { 'model.block': 'batch-norm', 'model.activation': 'sigmoid' },
  { 'model.block': 'residual-batch-norm', batchSize: 33, 'model.init': 'he' },
  { 'model.block': 'residual', 'model.activation': 'gelu', 'model.init': 'xavier' },
  { 'model.hidden': [] },
  { 'schedule.name': 'cosine', 'optimizer.name': 'nesterov' },
  { 'schedule.name': 'step', 'schedule.every': 7, 'schedule.factor': 0.5, 'optimizer.name': 'adamw' },
  { 'optimizer.lr': 1e6, 'optimizer.name': 'sgd' },
  { 'data.name': 'xor', 'optimizer.name': 'rmsprop' },
];

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine('portable');
});

describe('a training that is advanced by hand', () => {
  it.each(CASES)('measures bit for bit what `train` does on the portable engine: %o', async (values) => {
    const config = configOf(values);
    const wanted: Record<string, number>[] = [];
    const { weights } = await train(config, {
      engine,
      probes: { layers: true },
      onStep: ({ metrics: { gradientRatio: _, ...measured } }) => wanted.push(measured),
    });
    const trainer = await openTrainer(await prepare(config), { layers: true });
    const found: Record<string, number>[] = [];
    for (let most = 1; trainer.done() < trainer.steps; most = (most % 7) + 1) {
      const rows = trainer.advance(most);
      const width = trainer.measures.length;
      for (let first = 0; first < rows.length; first += width)
        found.push(Object.fromEntries(trainer.measures.map((name, i) => [name, rows[first + i] as number])));
    }
    expect(found).toEqual(wanted);
    expect(trainer.state().weights).toEqual(weights);
    expect(trainer.advance(1)).toHaveLength(0);
  });

  it('bug that would be: a step 0 that saw what the steps before a reset made', async () => {
    const prepared = await prepare(configOf({}));
    const [first, again] = [await openTrainer(prepared), await openTrainer(prepared)];
    first.advance(20);
    expect(again.advance(5)).toEqual((await openTrainer(prepared)).advance(5));
  });
});

describe('a network that is evaluated without TF.js', () => {
  it.each([
    ...CASES.filter((values) => values['optimizer.lr'] !== 1e6),
    ...['softmax-squared-error', 'squared-error', 'sigmoid-cross-entropy'].map((name) => ({ 'loss.name': name })),
  ])('answers what TF.js does: %o', async (values) => {
    const config = configOf(values);
    const ends: Record<string, number> = {};
    const seen = new Map<number | null, Uint8Array>();
    await train(config, {
      engine,
      probes: { boundary: (total) => [0, total] },
      onMetrics: (_, metrics) => Object.assign(ends, metrics),
      onArtifact: ({ name, step, data }) => {
        if (name === 'boundary') seen.set(step, data as Uint8Array);
      },
    });
    const prepared = await prepare(config);
    const trainer = await openTrainer(prepared);
    const plane = planePoints(extentOf(prepared.train), 96);
    const grid = await openEvaluator(config, {
      ...prepared.train,
      x: plane,
      labels: new Int32Array(96 * 96),
      count: 96 * 96,
    });
    const expectPicture = () => {
      const answers = grid.probabilities(trainer.state());
      const wanted = seen.get(trainer.done()) as Uint8Array;
      expect(answers).toHaveLength(wanted.length);
      expect(answers.reduce((most, p, i) => Math.max(most, Math.abs(p * 255 - (wanted[i] as number))), 0)).toBeLessThan(
        0.51,
      );
    };
    expectPicture();
    trainer.advance(trainer.steps);
    expectPicture();
    const [trained, tested] = [await openEvaluator(config, prepared.train), await openEvaluator(config, prepared.test)];
    const [onTrain, onTest] = [trained.measure(trainer.state()), tested.measure(trainer.state())];
    expect(onTrain.loss).toBeCloseTo(ends.trainLoss as number, 5);
    expect(onTrain.accuracy).toBeCloseTo(ends.trainAccuracy as number, 5);
    expect(onTest.loss).toBeCloseTo(ends.testLoss as number, 5);
    expect(onTest.accuracy).toBeCloseTo(ends.testAccuracy as number, 3);
  });

  const BY_HAND: Readonly<Record<string, (z: number) => number>> = {
    relu: (z) => Math.max(0, z),
    tanh: Math.tanh,
    sigmoid: (z) => 1 / (1 + Math.exp(-z)),
    linear: (z) => z,
  };
  it.each([
    ['relu', 'plain'],
    ['tanh', 'batch-norm'],
    ['sigmoid', 'plain'],
    ['linear', 'plain'],
    ['tanh', 'residual'],
  ])('gives what every hidden unit gives, as worked out by hand: %s, %s', async (activation, block) => {
    const config = configOf({ 'model.activation': activation, 'model.block': block, 'model.hidden': [9, 9, 5] });
    const prepared = await prepare(config);
    const trainer = await openTrainer(prepared);
    trainer.advance(20);
    const { train: rows } = prepared;
    const given = (await openEvaluator(config, rows)).activations(trainer.state());
    const plain = withoutNorms(trainer.state());
    expect(given.map(({ length }) => length / rows.count)).toEqual([9, 9, 5]);
    for (const row of [0, 7, 8, 98]) {
      let input = [...rows.x.subarray(2 * row, 2 * row + 2)];
      for (const [layer, units] of given.entries()) {
        const [kernel, bias] = [plain[2 * layer] as Float32Array, plain[2 * layer + 1] as Float32Array];
        const output = Array.from(bias, (b, unit) =>
          BY_HAND[activation]?.(input.reduce((sum, x, i) => sum + x * (kernel[i * bias.length + unit] as number), b)),
        ) as number[];
        for (const [unit, wanted] of output.entries())
          expect(units[row * output.length + unit], `layer ${layer}, unit ${unit}`).toBeCloseTo(wanted, 4);
        const adds = block === 'residual' && input.length === output.length;
        input = adds ? output.map((y, i) => y + (input[i] as number)) : output;
      }
    }
  });

  it('says NaN of a network that diverged', async () => {
    const prepared = await prepare(
      configOf({ 'optimizer.lr': 1e6, 'optimizer.name': 'sgd', 'model.activation': 'relu' }),
    );
    const trainer = await openTrainer(prepared);
    trainer.advance(trainer.steps);
    const { loss, accuracy } = (await openEvaluator(prepared.config, prepared.test)).measure(trainer.state());
    expect([loss, accuracy]).toEqual([Number.NaN, Number.NaN]);
  });

  it('has a kernel and a bias for every layer once the norms are taken in', async () => {
    const prepared = await prepare(configOf({ 'model.block': 'batch-norm' }));
    const trainer = await openTrainer(prepared);
    trainer.advance(5);
    expect(withoutNorms(trainer.state()).map(({ length }) => length)).toEqual([40, 20, 400, 20, 60, 3]);
  });
});
