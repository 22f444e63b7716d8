import { expect } from 'vitest';
import { ACTIVATION_IDS, buildConfig, EngineUnavailableError, trainingStudy } from '../src/index.ts';
import { loadEngine } from '../src/node/index.ts';
import type { TrainResult } from '../src/train/index.ts';
import { train } from './heard.ts';

export const study = trainingStudy('spiral');
/** The native engine, or null where this machine has none. */
export const engine = await loadEngine('native').catch((error) => {
  if (error instanceof EngineUnavailableError) return null;
  throw error;
});

export async function run(
  values: Record<string, unknown>,
  eager: boolean,
): Promise<{ result: TrainResult; measured: number[] }> {
  if (!engine) throw new Error('no native engine');
  const measured: number[] = [];
  const config = buildConfig(study.defaults, { 'data.n': 100, epochs: 50, ...values });
  const result = await train(config, {
    engine,
    eager,
    onStep: ({ metrics }) => measured.push(...Object.values(metrics)),
  });
  return { result, measured };
}

/** Trains one config both ways, from the same state, and holds them side by side. */
export async function expectSame(values: Record<string, unknown>): Promise<void> {
  const [compiled, eager] = [await run(values, false), await run(values, true)];
  expect(compiled.result).toMatchObject({ mode: 'compiled', eagerReason: null });
  expect(eager.result).toMatchObject({ mode: 'eager', eagerReason: 'asked for' });
  expect(compiled.result.steps).toBeGreaterThanOrEqual(24);
  expect(compiled.measured).toHaveLength(eager.measured.length);
  const off = eager.measured.map(
    (value, i) => Math.abs((compiled.measured[i] as number) - value) / Math.abs(value || 1),
  );
  expect(Math.max(...off)).toBeLessThanOrEqual(1e-5);
  for (const [layer, weights] of eager.result.weights.entries()) {
    const found = compiled.result.weights[layer] as Float32Array;
    expect(found).toHaveLength(weights.length);
    const apart = weights.map((weight, i) => Math.abs((found[i] as number) - weight) / Math.max(1, Math.abs(weight)));
    expect(apart.reduce((a, b) => Math.max(a, b), 0)).toBeLessThanOrEqual(1e-4);
  }
}

const OPTIMIZERS = ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adagrad', 'adam', 'adamw'];

/** Every activation with every optimizer. */
export const PAIRS = ACTIVATION_IDS.flatMap((activation) =>
  OPTIMIZERS.map((optimizer) => ({ 'model.activation': activation, 'optimizer.name': optimizer })),
);

/**
 * Of the pairs one for each activation, with an optimizer of its own as far as there are so many: a network with convolutions
 * has each of both. How they go together does not depend on what is trained, and is tried with the dense one.
 */
export const onePerActivation = (first: number): typeof PAIRS =>
  ACTIVATION_IDS.map((activation, i) => ({
    'model.activation': activation,
    'optimizer.name': OPTIMIZERS[(first + i) % OPTIMIZERS.length] as string,
  }));

/** 10 digits in batches of 5: 24 steps. */
const DIGITS = { 'data.name': 'mnist', 'data.n': 10, batchSize: 5, epochs: 12 };

/** Each kind of model, small. */
export const MODELS = {
  mlp: { 'model.hidden': [20, 10] },
  lenet: { ...DIGITS, 'model.name': 'lenet', 'model.filters': [3, 4], 'model.dense': [10] },
  'alexnet-small': {
    ...DIGITS,
    'model.name': 'alexnet-small',
    'model.filters': [4, 4, 6, 6, 4],
    'model.dense': [10, 10],
    // In a graph oneDNN adds up the gradients of windows that overlap, in another order than TensorFlow: the last bit
    // may differ, and where a maximum is close a large step makes of that another maximum.
    'optimizer.lr': 3e-4,
  },
};
