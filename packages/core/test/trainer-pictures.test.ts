import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildConfig, type Config, Rng, trainingStudy } from '../src/index.ts';
import { loadEngine, prepare } from '../src/node/index.ts';
import { readDigits } from '../src/node/mnist-digits.ts';
import type { Engine } from '../src/train/index.ts';
import { ActivationLayer } from '../src/train/layers/layers.ts';
import { buildModel, trainableVariables } from '../src/train/models/index.ts';
import {
  DIGITS_URL,
  digitsOf,
  networkCost,
  openEvaluator,
  openTrainer,
  pixelsAsGiven,
} from '../src/train/trainer/index.ts';
import { train } from './heard.ts';

const { defaults } = trainingStudy('lenet-vs-alexnet');
const configOf = (values: Record<string, unknown>): Config =>
  buildConfig(defaults, { 'data.n': 70, epochs: 2, batchSize: 24, ...values });

/** Each rung of the ladder, and what the page on MLP and CNN trains. */
const CASES: Record<string, unknown>[] = [
  { 'model.activation': 'sigmoid' },
  { 'model.activation': 'tanh' },
  { 'model.activation': 'relu', 'model.pooling': 'max' },
  { 'model.activation': 'relu', 'model.pooling': 'max', 'model.filters': [12, 32, 32, 32, 32] },
  { 'model.activation': 'relu', 'model.dropout': 0.5, 'data.augment': 'shift' },
  { 'model.name': 'alexnet-small' },
  { 'model.activation': 'relu', 'data.permuted': true },
  { 'model.name': 'mlp', 'model.hidden': [78], 'data.permuted': true },
];

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine('portable');
});

describe('a network of pictures that is trained without TF.js', () => {
  it.each(CASES)('has bit for bit the losses and weights of `train`: %o', async (values) => {
    const config = configOf(values);
    const wanted: number[] = [];
    const ends: Record<string, number> = {};
    const { weights } = await train(config, {
      engine,
      probes: { cost: true },
      onStep: ({ metrics }) => wanted.push(metrics.loss, metrics.accuracy),
      onMetrics: (_, metrics) => Object.assign(ends, metrics),
    });
    const prepared = await prepare(config);
    const trainer = await openTrainer(prepared);
    expect([...trainer.advance(trainer.steps)]).toEqual(wanted);
    expect(trainer.state().weights).toEqual(weights);

    const { parameters, flops } = ends;
    expect(networkCost(config, prepared.train)).toEqual({ parameters, flops });
    const onTest = (await openEvaluator(config, prepared.test)).measure(trainer.state());
    expect(onTest.loss).toBeCloseTo(ends.testLoss as number, 5);
    expect(onTest.accuracy).toBeCloseTo(ends.testAccuracy as number, 3);
  });

  it.each(CASES)('shows of a digit what TF.js computes, layer by layer: %o', async (values) => {
    const config = configOf(values);
    const prepared = await prepare(config);
    const trainer = await openTrainer(prepared);
    trainer.advance(4);
    const { test } = prepared;
    const digit = (i: number) => test.x.slice(i * test.features, (i + 1) * test.features);
    const eye = await openEvaluator(config, { ...test, x: digit(0), labels: new Int32Array(1), count: 1 });
    eye.put(digit(5));
    const answer = eye.probabilities(trainer.state());

    const { model } = buildModel(config.model, test, Rng.of(config.seed));
    for (const [i, variable] of trainableVariables(model).entries())
      variable.assign(tf.tensor(trainer.state().weights[i] as Float32Array, variable.shape));
    let x = tf.tensor(digit(5), [1, ...test.shape]);
    const outputs: tf.Tensor[] = [];
    for (const layer of model.layers) {
      if (layer.getClassName() === 'InputLayer') continue;
      x = layer.apply(x) as tf.Tensor;
      if (layer instanceof ActivationLayer) outputs.push(x);
    }
    const wanted = outputs.map((output) => {
      const channelsFirst = output.rank === 4 ? tf.transpose(output, [0, 3, 1, 2]) : output;
      return [...channelsFirst.dataSync()];
    });
    const found = eye.layers();
    expect(found.map(({ channels, height, width }) => channels * height * width)).toEqual(
      wanted.map(({ length }) => length),
    );
    for (const [i, { values }] of found.entries())
      for (const [at, value] of values.entries()) expect(value).toBeCloseTo(wanted[i]?.[at] as number, 4);
    for (const [i, p] of [...tf.softmax(x as tf.Tensor2D).dataSync()].entries()) expect(answer[i]).toBeCloseTo(p, 4);
  });

  it('says of at most 8 pictures what a network with convolutions answers', async () => {
    const config = configOf({});
    const { test } = await prepare(config);
    const trainer = await openTrainer(await prepare(config));
    const all = await openEvaluator(config, test);
    expect(() => all.probabilities(trainer.state())).toThrow('expected at most 8 rows, got 2000');
  });
});

describe('digits as bytes', () => {
  it('are given to a network as its own test set has them', async () => {
    const [plain, permuted] = [configOf({ seed: 3 }), configOf({ seed: 3, 'data.permuted': true })];
    const [{ test }, { test: other }] = [await prepare(plain), await prepare(permuted)];
    const row = ({ x }: typeof test) => x.slice(7 * 784, 8 * 784);
    expect(row(other)).not.toEqual(row(test));
    expect(pixelsAsGiven(permuted, row(test))).toEqual(row(other));
    expect(pixelsAsGiven(plain, row(test))).toEqual(row(test));
  });

  it('are the numbers of the package, in the same order', async () => {
    const bytes = readFileSync(DIGITS_URL);
    const { pixels, labels } = digitsOf(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
    );
    const wanted = await readDigits();
    expect(labels).toEqual(wanted.labels);
    expect(Buffer.compare(Buffer.from(pixels.buffer), Buffer.from(wanted.pixels.buffer))).toBe(0);
    expect(() => digitsOf(new Uint8Array(bytes).slice(0, -1).buffer)).toThrow('bytes of digits');
  });
});
