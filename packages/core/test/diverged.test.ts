import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { buildConfig, ENGINE_NAMES, EngineUnavailableError, trainingStudy } from '../src/index.ts';
import { loadEngine } from '../src/node/index.ts';
import { buildLoss } from '../src/train/losses/index.ts';
import { train } from './heard.ts';

const LOSS_IDS = ['softmax-cross-entropy', 'sigmoid-cross-entropy', 'softmax-squared-error', 'squared-error'] as const;

/** A run whose loss is no number after a few steps. */
const config = buildConfig(trainingStudy('spiral').defaults, {
  'data.n': 20,
  'optimizer.name': 'sgd',
  'optimizer.lr': 1000,
  'loss.name': 'squared-error',
  'model.activation': 'relu',
  'model.hidden': [8],
  epochs: 40,
});

describe.each(ENGINE_NAMES)('a run that diverged on %s', (name) => {
  it('bug: is right nowhere, and not wherever the first class is', async ({ skip }) => {
    const engine = await loadEngine(name).catch((error) => {
      if (error instanceof EngineUnavailableError) return skip(error.message);
      throw error;
    });
    const steps: { loss: number; accuracy: number }[] = [];
    const tests: Record<string, number>[] = [];
    const { mode } = await train(config, {
      engine,
      probes: { test: (total) => [0, total] },
      onStep: ({ metrics }) => steps.push(metrics),
      onMetrics: (_, metrics) => tests.push({ ...metrics }),
    });
    expect(mode).toBe(['native', 'portable'].includes(engine.name) ? 'compiled' : 'eager');
    const finite = steps.filter(({ loss }) => Number.isFinite(loss));
    expect(finite.length).toBeGreaterThan(0);
    expect(finite.length).toBeLessThan(steps.length);
    expect(steps.map(({ accuracy }) => Number.isNaN(accuracy))).toEqual(
      steps.map(({ loss }) => !Number.isFinite(loss)),
    );
    const keys = ['trainLoss', 'trainAccuracy', 'testLoss', 'testAccuracy', 'ece'];
    const [first, last] = [tests[0] ?? {}, tests.at(-1) ?? {}];
    expect(Object.keys(first).sort()).toEqual([...keys].sort());
    expect(Object.values(first).every(Number.isFinite)).toBe(true);
    expect(last).toEqual(Object.fromEntries(keys.map((key) => [key, Number.NaN])));
  });
});

it.each(LOSS_IDS)('the loss %s of a logit that is no number is none', async (name) => {
  await loadEngine('cpu');
  const labels = tf.tensor1d([0, 1], 'int32');
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
    for (const [row, column] of [
      [0, 0],
      [0, 1],
    ] as const) {
      const logits = [
        [0.5, -0.5],
        [0.5, -0.5],
      ];
      (logits[row] as number[])[column] = wrong;
      const loss = buildLoss({ ...trainingStudy('spiral').defaults.loss, name } as never).mean(
        tf.tensor2d(logits),
        labels,
      );
      expect(Number.isFinite(loss.dataSync()[0]), `${wrong} at ${column}`).toBe(false);
    }
  }
});
