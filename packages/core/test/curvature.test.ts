import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { buildConfig, trainingStudy } from '../src/index.ts';
import { prepare } from '../src/node/index.ts';
import { openCurvature, openTrainer } from '../src/train/trainer/index.ts';

const { defaults } = trainingStudy('learning-rate');

/** The Hessian of softmax regression, by its formula: the mean over rows of (diag p - p p') times the outer product of (x, 1). */
function hessianOf(x: Float32Array, count: number, classes: number, [kernel, bias]: readonly Float32Array[]): Matrix {
  const size = 3 * classes;
  const hessian = Matrix.zeros(size, size);
  for (let row = 0; row < count; row++) {
    const given = [x[2 * row] as number, x[2 * row + 1] as number, 1];
    const powers = Array.from({ length: classes }, (_, c) =>
      Math.exp(
        (given[0] as number) * (kernel?.[c] as number) +
          (given[1] as number) * (kernel?.[classes + c] as number) +
          (bias?.[c] as number),
      ),
    );
    const total = powers.reduce((a, b) => a + b, 0);
    const p = powers.map((power) => power / total);
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) {
        const [c, d] = [a % classes, b % classes];
        const inner = (c === d ? (p[c] as number) : 0) - (p[c] as number) * (p[d] as number);
        const outer = (given[Math.floor(a / classes)] as number) * (given[Math.floor(b / classes)] as number);
        hessian.set(a, b, hessian.get(a, b) + (inner * outer) / count);
      }
  }
  return hessian;
}

describe('the largest curvature of the loss', () => {
  it.each([0, 30])(
    'is the largest eigenvalue of the Hessian where that has a formula: after %i steps',
    async (steps) => {
      const config = buildConfig(defaults, {
        ...{ 'model.hidden': [], 'data.n': 40, 'optimizer.name': 'sgd', 'optimizer.lr': 0.5 },
      });
      const prepared = await prepare(config);
      const { train } = prepared;
      const trainer = await openTrainer(prepared);
      trainer.advance(steps);
      const { weights } = trainer.state();
      const hessian = hessianOf(train.x, train.count, train.classes, weights);
      const wanted = Math.max(...new EigenvalueDecomposition(hessian).realEigenvalues);
      const curvature = await openCurvature(config, train);
      expect(curvature.largest(trainer.state(), 60) / wanted).toBeCloseTo(1, 2);
      expect(trainer.state().weights).toEqual(weights);
    },
  );

  it('says where gradient descent with full batches becomes unstable: below 2 / curvature it falls, above it grows', async () => {
    const values = { 'model.hidden': [], 'data.n': 40, 'optimizer.name': 'sgd', epochs: 400 };
    const settled = buildConfig(defaults, { ...values, 'optimizer.lr': 1, 'optimizer.weightDecay': 0 });
    const prepared = await prepare(settled);
    const trainer = await openTrainer(prepared);
    trainer.advance(400);
    const largest = (await openCurvature(settled, prepared.train)).largest(trainer.state(), 60);
    const last = async (lr: number) => {
      const config = buildConfig(settled, { 'optimizer.lr': lr });
      const losses = (await openTrainer(await prepare(config))).advance(400).filter((_, at) => at % 2 === 0);
      return [losses.at(-2), losses.at(-1)] as [number, number];
    };
    const [before, after] = await last(1.9 / largest);
    const [stable] = await last(1 / largest);
    expect(Math.abs(after - stable)).toBeLessThan(1e-3);
    expect(after).toBeLessThanOrEqual(before + 1e-6);
    const [, wild] = await last(2.4 / largest);
    expect(wild).toBeGreaterThan(stable + 1e-3);
  });

  it('is no number where the loss is none', async () => {
    const config = buildConfig(defaults, { 'data.n': 20, 'optimizer.name': 'sgd', 'optimizer.lr': 1e6 });
    const prepared = await prepare(config);
    const trainer = await openTrainer(prepared);
    trainer.advance(50);
    const nothing = { ...trainer.state(), weights: trainer.state().weights.map((w) => w.map(() => Number.NaN)) };
    expect((await openCurvature(config, prepared.train)).largest(nothing, 3)).toBeNaN();
  });
});
