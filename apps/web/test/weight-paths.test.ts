import { buildConfig } from '@whorl/core';
import { openEvaluator, openTrainer, prepareFrom } from '@whorl/core/trainer';
import { describe, expect, it } from 'vitest';
import { labFields } from '../src/features/labs/model/lab-fields.ts';
import { BANDS, bandRuns } from '../src/features/labs/model/loss-bands.ts';
import { oneFile } from '../src/features/labs/model/one-file.ts';
import { PathKeeper } from '../src/features/labs/model/path-keeper.ts';
import { labValues } from '../src/features/labs/model/plan.ts';
import { LabSession } from '../src/features/labs/model/session.ts';
import { lossGrid, planeOfPaths, type Waypoint } from '../src/features/labs/model/weight-paths.ts';
import { optimizersPlan } from '../src/features/labs/plans/optimizers.ts';
import { readView } from '../src/view/view-state.ts';

const pathOf = (...points: readonly (readonly number[])[]): Waypoint[] =>
  points.map((weights, step) => ({ step, weights: Float32Array.from(weights) }));

describe('the plane of some paths', () => {
  it('holds two straight paths from one start whole, with all distances and the angle between them', () => {
    // From (1, 1, 1): 3 along the first axis, and 4 along the second.
    const { paths } = planeOfPaths([pathOf([1, 1, 1], [4, 1, 1]), pathOf([1, 1, 1], [1, 3, 1], [1, 5, 1])]);
    const [a, b] = paths;
    for (const path of paths) {
      expect(path.points[0]).toEqual({ step: 0, x: 0, y: 0 });
      expect(path.share).toBeCloseTo(1, 9);
    }
    const [end, other] = [a?.points.at(-1), b?.points.at(-1)] as [{ x: number; y: number }, { x: number; y: number }];
    expect(Math.hypot(end.x, end.y)).toBeCloseTo(3, 6);
    expect(Math.hypot(other.x, other.y)).toBeCloseTo(4, 6);
    expect(end.x * other.x + end.y * other.y).toBeCloseTo(0, 6);
  });

  it('says how much of a path leaves it, and nothing of one that stands still', () => {
    // The long paths decide the plane; the short one goes 1 inside of it and 2 out of it: 1 / (1 + 4).
    const { paths } = planeOfPaths([
      pathOf([0, 0, 0], [100, 0, 0]),
      pathOf([0, 0, 0], [0, 90, 0]),
      pathOf([0, 0, 0], [0, 1, 2]),
      pathOf([0, 0, 0], [0, 0, 0]),
    ]);
    expect(paths[2]?.share).toBeCloseTo(0.2, 2);
    expect(paths[3]?.share).toBeNaN();
  });

  it('ends a path before weights that are not finite', () => {
    const { paths } = planeOfPaths([pathOf([0, 0], [1, 0], [Number.POSITIVE_INFINITY, 0], [2, 0])]);
    expect(paths[0]?.points.map(({ step }) => step)).toEqual([0, 1]);
    expect(() => planeOfPaths([])).toThrow('expected a path with a start');
  });

  it('has losses at even places, as far apart in both directions, around the paths', () => {
    const start = Float32Array.of(1, 1, 1);
    const plane = planeOfPaths([pathOf([1, 1, 1], [5, 1, 1]), pathOf([1, 1, 1], [1, 2, 1])]);
    // A bowl about the start: the loss is the squared distance from it, whichever way the directions point.
    const bowl = (w: Float32Array) => w.reduce((sum, value) => sum + (value - 1) ** 2, 0);
    const { size, spacing, left, below, losses } = lossGrid(plane, start, bowl, 11);
    expect(losses[below * size + left]).toBe(0);
    for (let place = 0; place < size * size; place++) {
      const [x, y] = [((place % size) - left) * spacing, (Math.floor(place / size) - below) * spacing];
      expect(losses[place]).toBeCloseTo(x * x + y * y, 4);
    }
    for (const { x, y } of plane.paths.flatMap(({ points }) => points)) {
      expect(Math.abs(x / spacing + left - 5)).toBeLessThan(5);
      expect(Math.abs(y / spacing + below - 5)).toBeLessThan(5);
    }
  });
});

describe('the surface of the lab of optimizers', () => {
  const plan = optimizersPlan();
  const { view } = readView(labFields(plan), new URLSearchParams(''));
  const asked = {
    ...{ defaults: plan.defaults, cells: labValues(plan, view), layers: false, grid: 8 },
    paths: plan.planes !== undefined,
  };

  it('has the first loss of the trainings at their start, and says what their weights now lose', async () => {
    const session = await LabSession.open(asked);
    const { cells } = session.advance(30, () => false);
    const surface = session.survey([3, 5]);
    const { size, left, below, losses } = surface?.grid ?? { size: 0, left: 0, below: 0, losses: [] };
    for (const cell of [3, 5]) expect(losses[below * size + left]).toBeCloseTo(cells[cell]?.rows[0] ?? Number.NaN, 5);
    expect(surface?.step).toBe(30);
    expect(surface?.paths.map(({ points }) => points.map(({ step }) => step))).toEqual([
      [0, 10, 20, 30],
      [0, 10, 20, 30],
    ]);
    for (const [i, { share, loss }] of (surface?.paths ?? []).entries()) {
      // What the boundary's evaluator says of the same weights.
      expect(loss).toBe(cells[[3, 5][i] as number]?.train.loss);
      expect(share).toBeGreaterThan(0.5);
      expect(share).toBeLessThanOrEqual(1);
    }
  });

  it('is the same however the trainings were played and looked at, and leaves them as they were', async () => {
    const [once, often] = [await LabSession.open(asked), await LabSession.open(asked)];
    once.advance(25, () => false);
    for (const to of [3, 10, 11, 25]) {
      often.advance(to, () => false);
      often.survey([0, 1, 2]);
    }
    expect(often.survey([3, 4, 5])).toEqual(once.survey([3, 4, 5]));
    const rows = [once, often].map((session) => session.advance(40, () => false).cells.map((cell) => [...cell.rows]));
    expect(rows[0]).toEqual(rows[1]);
  });

  it('is not there where no paths are kept', async () => {
    const session = await LabSession.open({ ...asked, paths: false });
    expect(session.survey([0])).toBeNull();
  });
});

describe('what keeps a path', () => {
  it('has the weights of every 40th part of a training and those of now, and the loss that an evaluator finds of them', async () => {
    const config = buildConfig(optimizersPlan().defaults, { epochs: 80, 'optimizer.name': 'sgd' });
    const prepared = await prepareFrom(oneFile(undefined), config);
    const [trainer, evaluator] = [await openTrainer(prepared), await openEvaluator(config, prepared.train)];
    const keeper = new PathKeeper(trainer, evaluator);
    for (let step = 0; step < 5; step++) {
      trainer.advance(1);
      keeper.afterStep();
    }
    const path = keeper.path();
    expect(path.map(({ step }) => step)).toEqual([0, 2, 4, 5]);
    const state = trainer.state();
    const now = path.at(-1)?.weights as Float32Array;
    expect([...now]).toEqual(state.weights.flatMap((part) => [...part]));
    expect(keeper.lossOf(now)).toBe(evaluator.measure(state).loss);
  });
});

describe('the bands of a surface', () => {
  const surface = { size: 2, spacing: 1, left: 0, below: 0 };

  it('cover every pixel once, low losses below and high ones above', () => {
    const runs = bandRuns({ ...surface, losses: Float32Array.of(1, 1, 100, 100) }, 32);
    expect(runs.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(32 * 32);
    expect(runs[0]).toEqual({ row: 0, from: 0, to: 32, band: BANDS - 1 });
    expect(runs.at(-1)).toEqual({ row: 31, from: 0, to: 32, band: 0 });
  });

  it('show what is not finite as the highest, and a level plane as the lowest', () => {
    const [run] = bandRuns({ ...surface, losses: Float32Array.of(1, 1, Number.NaN, 2) }, 4);
    expect(run).toMatchObject({ row: 0, from: 0, band: BANDS - 1 });
    const level = bandRuns({ ...surface, losses: Float32Array.of(1, 1, 1, 1) }, 4);
    expect(new Set(level.map(({ band }) => band))).toEqual(new Set([0]));
  });
});
