import { beforeAll, describe, expect, it } from 'vitest';
import { ACTIVATION_IDS, buildConfig, trainingStudy } from '../src/index.ts';
import { loadEngine, prepare } from '../src/node/index.ts';
import { type Engine, initialWeights } from '../src/train/index.ts';
import { doubleLoss } from './double-network.ts';
import { train } from './heard.ts';

// One step of SGD at a rate of 1 moves each weight by its gradient.

const SGD = { 'optimizer.name': 'sgd', 'optimizer.lr': 1, 'optimizer.weightDecay': 0, epochs: 1 };
const POINTS = { 'data.n': 7, 'model.hidden': [6, 6] };
const PICTURES = { 'data.name': 'mnist', 'data.n': 10 };
/** How many weights of a kernel are moved, spread over it: pictures take their time. */
const MOST = { points: 12, pictures: 3 };
const SHIFT = 1e-5;

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine('portable');
});

async function expectGradients(values: Record<string, unknown>): Promise<void> {
  const config = buildConfig(trainingStudy('spiral').defaults, { ...SGD, ...values });
  const prepared = await prepare(config);
  const start = initialWeights(prepared);
  const { weights, mode } = await train(config, { engine });
  expect(mode).toBe('compiled');
  const most = config.model.name === 'mlp' ? MOST.points : MOST.pictures;
  for (const [layer, array] of start.entries()) {
    const stride = Math.max(1, Math.ceil(array.length / most));
    for (let i = layer % stride; i < array.length; i += stride) {
      const lossAt = (by: number) => {
        const moved = start.map((other) => Float64Array.from(other));
        (moved[layer] as Float64Array)[i] = (array[i] as number) + by;
        return doubleLoss(config, moved, prepared.train);
      };
      const gradient = (lossAt(SHIFT) - lossAt(-SHIFT)) / (2 * SHIFT);
      const found = (array[i] as number) - (weights[layer]?.[i] as number);
      expect(Math.abs(found - gradient), `weight ${i} of ${layer}: ${found}, differences ${gradient}`).toBeLessThan(
        2e-6 + 2e-5 * Math.abs(gradient),
      );
    }
  }
}

describe('the portable engine has the gradient of finite differences', () => {
  it.each(ACTIVATION_IDS)('activation %s', (activation) =>
    expectGradients({ ...POINTS, 'model.activation': activation }),
  );

  it.each(
    ['softmax-cross-entropy', 'sigmoid-cross-entropy', 'softmax-squared-error'].flatMap((name) => [
      { 'loss.name': name, 'loss.stable': true },
      { 'loss.name': name, 'loss.stable': false },
    ]),
  )('loss %o', (values) => expectGradients({ ...POINTS, 'model.activation': 'tanh', ...values }));
  it('loss squared-error', () =>
    expectGradients({ ...POINTS, 'model.activation': 'tanh', 'loss.name': 'squared-error' }));

  it.each(['residual', 'batch-norm', 'residual-batch-norm'])('block %s', (block) =>
    expectGradients({ ...POINTS, 'model.activation': 'tanh', 'model.block': block }),
  );

  it.each(['average', 'max'])('LeNet with %s pooling', (pooling) =>
    expectGradients({
      ...{ ...PICTURES, 'model.name': 'lenet', 'model.pooling': pooling, 'model.activation': 'tanh' },
      ...{ 'model.filters': [3, 5], 'model.dense': [10] },
    }),
  );

  it('small AlexNet', () =>
    expectGradients({
      ...{ ...PICTURES, 'model.name': 'alexnet-small', 'model.activation': 'tanh', 'model.dropout': 0 },
      ...{ 'model.filters': [2, 5, 3, 3, 2], 'model.dense': [7, 6] },
    }));
});
