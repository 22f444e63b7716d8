import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { BOUNDARY } from '../src/artifacts/artifacts.ts';
import {
  buildConfig,
  type Config,
  DTypeMismatchError,
  type EngineName,
  EngineUnavailableError,
  parseEngine,
  ShapeMismatchError,
  trainingStudy,
} from '../src/index.ts';
import { loadEngine } from '../src/node/index.ts';
import { type Engine, matmul } from '../src/train/index.ts';
import { dataOf, initialWeights, train } from './heard.ts';

const study = trainingStudy('spiral');
const fixture = JSON.parse(readFileSync(new URL('./fixtures/pytorch-losses.json', import.meta.url), 'utf8')) as {
  cases: {
    values: Record<string, unknown>;
    stateSha256: string;
    losses: number[];
    layers: Record<string, Record<string, number>>;
  }[];
};

const nativeIsHere = await loadEngine('native').then(
  () => true,
  (error) => {
    if (error instanceof EngineUnavailableError) return false;
    throw error;
  },
);

const small = (values: Record<string, unknown> = {}) =>
  buildConfig(study.defaults, { 'data.n': 50, epochs: 30, ...values });

/**
 * Plain JavaScript takes a fifth of a second for a step with convolutions or a whole set: some steps are enough there, as
 * the same kernels go all the way with the small networks.
 */
const takesLong = (name: EngineName, { model, data }: Config): boolean =>
  name === 'cpu' && (model.name !== 'mlp' || ('n' in data && data.n > 100));

async function losses(engine: Engine, values: Record<string, unknown> = {}): Promise<number[]> {
  const found: number[] = [];
  await train(small(values), { engine, onStep: ({ metrics }) => found.push(metrics.loss, metrics.accuracy) });
  return found;
}

describe.each<[EngineName]>([['native'], ['portable'], ['wasm'], ['cpu']])('engine %s', (name) => {
  describe.skipIf(name === 'native' && !nativeIsHere)('training', () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await loadEngine(name);
    });

    it.each(fixture.cases)('has the first losses of PyTorch to 1e-5: $values', async (item) => {
      const config = buildConfig(study.defaults, item.values);
      const hash = createHash('sha256').update(new Uint8Array((await dataOf(config)).x.buffer));
      for (const weights of await initialWeights(config)) hash.update(new Uint8Array(weights.buffer));
      expect(hash.digest('hex'), 'data and initial weights are those that PyTorch was given').toBe(item.stateSha256);

      const steps = takesLong(name, config) ? 10 : 50;
      const enough = new AbortController();
      const found: number[] = [];
      await train(config, {
        engine,
        signal: enough.signal,
        onStep: ({ metrics }) => {
          if (found.push(metrics.loss) === steps) enough.abort();
        },
      });
      expect(found.length).toBeGreaterThanOrEqual(steps);
      const worst = Math.max(...found.map((loss, i) => Math.abs(loss / (item.losses[i] as number) - 1)));
      expect(worst).toBeLessThan(1e-5);
    });

    it.each(fixture.cases)('measures what PyTorch does in each layer: $values', async ({ values, layers }) => {
      const config = buildConfig(study.defaults, values);
      const steps = Object.keys(layers).map(Number);
      const last = takesLong(name, config) ? Math.min(...steps) : Math.max(...steps);
      const enough = new AbortController();
      const found: Record<string, number>[] = [];
      await train(config, {
        engine,
        probes: { layers: true },
        signal: enough.signal,
        onStep: ({ step, metrics }) => {
          found.push(metrics);
          if (step === last) enough.abort();
        },
      });
      for (const [step, numbers] of Object.entries(layers).filter(([step]) => Number(step) <= last)) {
        for (const [key, value] of Object.entries(numbers)) {
          const off = Math.abs((found[Number(step)]?.[key] ?? Number.NaN) - value);
          expect(off / Math.max(Math.abs(value), 1e-3), `${key} of step ${step}`).toBeLessThan(1e-4);
        }
        const keys = ['loss', 'accuracy', 'gradientRatio', ...Object.keys(numbers)];
        expect(new Set(Object.keys(found[Number(step)] ?? {}))).toEqual(new Set(keys));
      }
    });

    it('gives the same bits twice', async () => {
      expect(await losses(engine)).toEqual(await losses(engine));
    });

    it('gives others for another seed', async () => {
      expect(await losses(engine)).not.toEqual(await losses(engine, { seed: 2 }));
    });

    it('leaves no tensor behind', async () => {
      const before = tf.memory().numTensors;
      await losses(engine);
      await losses(engine, { 'optimizer.name': 'sgd' });
      await train(small(), { engine, probes: { layers: true } });
      if (name !== 'portable') await train(small({ epochs: 2 }), { engine, probes: { layers: true }, eager: true });
      expect(tf.memory().numTensors).toBe(before);
    });

    it('gives the gradient of finite differences: one SGD step of lr 1 moves each weight by it', async () => {
      const config = small({
        'data.n': 20,
        epochs: 1,
        'model.hidden': [4],
        'model.activation': 'tanh',
        'optimizer.name': 'sgd',
        'optimizer.lr': 1,
        'optimizer.weightDecay': 0,
      });
      const start = await initialWeights(config);
      const { weights } = await train(config, { engine });
      const data = await dataOf(config);
      const lossAt = (at: readonly Float64Array[]) => meanCrossEntropy(at, data);
      start.forEach((array, layer) => {
        array.forEach((value, i) => {
          const shifted = (by: number) =>
            start.map((other, l) => Float64Array.from(other, (x, j) => (l === layer && j === i ? x + by : x)));
          const gradient = (lossAt(shifted(1e-5)) - lossAt(shifted(-1e-5))) / 2e-5;
          expect(value - (weights[layer]?.[i] ?? 0)).toBeCloseTo(gradient, 5);
        });
      });
    });

    it('stops when asked and says so', async () => {
      const stop = new AbortController();
      let told = 0;
      const result = await train(small({ epochs: 100_000 }), {
        engine,
        signal: stop.signal,
        onStep: ({ step }) => {
          told += 1;
          if (step === 11) stop.abort();
        },
      });
      // A compiled engine ends the call that it is in.
      expect(result).toMatchObject({ status: 'interrupted', steps: told });
      if (result.mode === 'eager') expect(told).toBe(12);
    });

    it('looks at the boundary at the chosen steps, probabilities summing to one', async () => {
      const frames: { step: number | null; meta?: Readonly<Record<string, unknown>>; data: unknown }[] = [];
      await train(small({ epochs: 5 }), {
        engine,
        probes: { boundary: () => [0, 2, 5] },
        onArtifact: (artifact) => artifact.name === BOUNDARY.name && frames.push(artifact),
      });
      expect(frames.map(({ step }) => step)).toEqual([0, 2, 5]);
      const { grid, classes } = BOUNDARY.meta.parse(frames[0]?.meta);
      const probabilities = frames[0]?.data as Uint8Array;
      expect(probabilities).toHaveLength(grid * grid * classes);
      for (let i = 0; i < probabilities.length; i += classes) {
        const sum = probabilities.slice(i, i + classes).reduce((a, b) => a + b, 0);
        expect(Math.abs(sum - 255)).toBeLessThanOrEqual(2);
      }
    });

    it('multiplies matrices of one dtype, and refuses two as PyTorch does', () => {
      tf.tidy(() => {
        const a = tf.tensor2d([1, 2, 3, 4], [2, 2]);
        const b = tf.tensor2d([5, 6, 7, 8], [2, 2], 'int32');
        expect(() => matmul(a, b)).toThrow(DTypeMismatchError);
        expect(() => matmul(a, b)).toThrow(
          "matmul: expected both tensors to have the same dtype, got float32 and int32. Cast the second one: second.cast('float32')",
        );
        expect(() => matmul(b, a)).toThrow("Cast the first one: first.cast('float32')");
        expect([...matmul(a, tf.cast(b, 'float32')).dataSync()]).toEqual([19, 22, 43, 50]);
        expect(() => matmul(a, tf.tensor2d([1, 2, 3], [3, 1]))).toThrow(ShapeMismatchError);
      });
    });
  });
});

/** The loss of a 2-h-3 tanh network in plain double arithmetic: another implementation than the one under test. */
function meanCrossEntropy([w1, b1, w2, b2]: readonly Float64Array[], data: Awaited<ReturnType<typeof dataOf>>): number {
  if (!w1 || !b1 || !w2 || !b2) throw new Error('expected two layers');
  let total = 0;
  for (let row = 0; row < data.count; row++) {
    const hidden = [...b1].map((bias, h) =>
      Math.tanh(bias + [0, 1].reduce((sum, f) => sum + (data.x[2 * row + f] ?? 0) * (w1[f * b1.length + h] ?? 0), 0)),
    );
    const logits = [...b2].map(
      (bias, c) => bias + hidden.reduce((sum, value, h) => sum + value * (w2[h * b2.length + c] ?? 0), 0),
    );
    total += Math.log(logits.reduce((sum, z) => sum + Math.exp(z), 0)) - (logits[data.labels[row] ?? 0] ?? 0);
  }
  return total / data.count;
}

describe('engines', () => {
  it.skipIf(!nativeIsHere)('agree with each other', async () => {
    const [native, wasm] = [await losses(await loadEngine('native')), await losses(await loadEngine('wasm'))];
    for (const [i, value] of native.entries()) expect(wasm[i]).toBeCloseTo(value, 5);
  });

  it('are refused by a wrong name, with the nearest', () => {
    expect(() => parseEngine('nativ')).toThrow(
      '--engine: unknown engine "nativ". Did you mean "native"? Allowed: portable, native, wasm, cpu, auto',
    );
  });
});
