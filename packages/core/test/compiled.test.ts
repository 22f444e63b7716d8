import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ACTIVATION_IDS, buildConfig, EngineUnavailableError, getStudy } from '../src/index.ts';
import { UncompilableError } from '../src/train/compiled/graph.ts';
import { loadEngine, type TrainResult, train } from '../src/train/index.ts';
import type { EagerStep } from '../src/train/step.ts';

const study = getStudy('spiral');
const engine = await loadEngine('native').catch((error) => {
  if (error instanceof EngineUnavailableError) return null;
  throw error;
});

async function run(
  values: Record<string, unknown>,
  eager: boolean,
): Promise<{ result: TrainResult; losses: number[] }> {
  if (!engine) throw new Error('no native engine');
  const losses: number[] = [];
  const config = buildConfig(study.defaults, { 'data.n': 100, epochs: 50, ...values });
  const result = await train(config, {
    engine,
    eager,
    onStep: ({ metrics }) => losses.push(metrics.loss, metrics.accuracy),
  });
  return { result, losses };
}

/** A step on one weight whose arithmetic the test chooses. */
function plantedStep(update: (weight: tf.Variable, step: number) => tf.Tensor): EagerStep {
  const weight = tf.variable(tf.tensor1d([1, 2, 3]), false);
  let step = 0;
  return {
    state: [weight],
    batch: [],
    scalars: () => [],
    run: () =>
      tf.tidy(() => {
        weight.assign(update(weight, step++) as tf.Tensor1D);
        return { loss: tf.sum(weight) as tf.Scalar, accuracy: tf.max(weight) as tf.Scalar };
      }),
    dispose: () => weight.dispose(),
  };
}

async function compile(step: EagerStep) {
  if (!engine?.compile) throw new Error('the native engine does not compile');
  const { loss, accuracy } = step.run([]);
  tf.dispose([loss, accuracy]);
  return engine.compile(step, 1, () => {});
}

describe.skipIf(!engine)('a compiled step', () => {
  const cases = ACTIVATION_IDS.flatMap((activation) =>
    ['sgd', 'adam'].map((optimizer) => [activation, optimizer] as const),
  );

  it.each(cases)('gives what the eager one gives: %s with %s', async (activation, optimizer) => {
    const values = { 'model.activation': activation, 'optimizer.name': optimizer };
    const [compiled, eager] = [await run(values, false), await run(values, true)];
    expect(compiled.result).toMatchObject({ mode: 'compiled', eagerReason: null });
    expect(eager.result).toMatchObject({ mode: 'eager', eagerReason: 'asked for' });
    expect(compiled.losses).toHaveLength(100);
    for (const [i, value] of eager.losses.entries()) {
      expect(Math.abs((compiled.losses[i] as number) - value)).toBeLessThanOrEqual(1e-5 * Math.abs(value));
    }
    for (const [layer, weights] of eager.result.weights.entries()) {
      for (const [i, weight] of weights.entries()) {
        expect(Math.abs((compiled.result.weights[layer]?.[i] ?? Number.NaN) - weight)).toBeLessThanOrEqual(
          1e-4 * Math.max(1, Math.abs(weight)),
        );
      }
    }
  });

  it('gives the same bits twice', async () => {
    expect((await run({}, false)).losses).toEqual((await run({}, false)).losses);
  });

  it('shows probes the weights of their step', async () => {
    if (!engine) return;
    const config = buildConfig(study.defaults, { 'data.n': 50, epochs: 20 });
    const frames = async (eager: boolean) => {
      const seen: number[][] = [];
      await train(config, {
        engine,
        eager,
        boundarySteps: [1, 2, 7, 20],
        onBoundary: ({ step, probabilities }) => seen.push([step, ...probabilities]),
      });
      return seen;
    };
    expect(await frames(false)).toEqual(await frames(true));
  });

  it('gives the same bits wherever probes look (they once decided which steps were compiled)', async () => {
    if (!engine) return;
    const config = buildConfig(study.defaults, { 'data.n': 40, epochs: 60, 'model.activation': 'tanh' });
    const losses = async (boundarySteps: readonly number[]) => {
      const found: number[] = [];
      const onStep = ({ metrics }: { metrics: { loss: number } }) => found.push(metrics.loss);
      await train(config, { engine, boundarySteps, onBoundary: () => {}, onStep });
      return found;
    };
    const alone = await losses([]);
    expect(await losses([0, 1, 2, 5, 60])).toEqual(alone);
    expect(await losses([2, 3, 4])).toEqual(alone);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await run({}, false);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is refused where JavaScript computes a value that changes', async () => {
    const step = plantedStep((weight, at) => tf.add(weight, 0.1 * at));
    await expect(compile(step)).rejects.toThrow(UncompilableError);
    await expect(compile(plantedStep((weight, at) => tf.add(weight, at)))).rejects.toThrow(
      'a value computed in JavaScript that changes from step to step',
    );
    step.dispose();
  });

  it('is refused where JavaScript looks at a value', async () => {
    const step = plantedStep((weight) => tf.mul(weight, (weight.dataSync()[0] ?? 0) > 0 ? 2 : 3));
    await expect(compile(step)).rejects.toThrow('it reads a value back while it runs');
    step.dispose();
  });

  it('is refused where the operations change', async () => {
    const step = plantedStep((weight, at) => (at === 1 ? tf.neg(weight) : tf.square(weight)));
    await expect(compile(step)).rejects.toThrow('it ran Neg once and Square the next time');
    step.dispose();
  });

  it('is refused where it uses a tensor that is neither state nor batch', async () => {
    const hidden = tf.tensor1d([1, 1, 1]);
    tf.dispose(tf.neg(hidden)); // now it lies in TensorFlow
    const step = plantedStep((weight) => tf.add(weight, hidden));
    await expect(compile(step)).rejects.toThrow('uses a tensor that was not captured');
    step.dispose();
    hidden.dispose();
  });
});
