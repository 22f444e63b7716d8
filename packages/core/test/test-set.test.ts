import { describe, expect, it } from 'vitest';
import { buildConfig, trainingStudy } from '../src/index.ts';
import type { DrawnKind } from '../src/kinds/data/data-kind.ts';
import { DATA_SETS } from '../src/kinds/data/index.ts';
import { Rng } from '../src/random/rng.ts';
import { dataOf, testDataOf } from './heard.ts';

const configOf = (values: Record<string, unknown>) => buildConfig(trainingStudy('spiral').defaults, values);
const setsOf = async (values: Record<string, unknown>) => {
  const config = configOf(values);
  return Promise.all([dataOf(config), testDataOf(config)]);
};
const pointsOf = ({ x }: { readonly x: Float32Array }): string[] =>
  Array.from({ length: x.length / 2 }, (_, i) => `${x[2 * i]} ${x[2 * i + 1]}`);

/** All data in the plane whose points differ where there is no noise: without it, gaussians are one point a class. */
const KINDS = ['spiral', 'moons', 'circles', 'xor', 'checkerboard'] as const;

describe('the test set of data that are drawn', () => {
  it.each(KINDS.flatMap((name) => [2, 3, 37, 999, 1000, 1999, 20_000].map((n) => [name, n] as const)))(
    'bug: no test point is a training point where there is no noise: %s, n = %d',
    async (name, n) => {
      for (const seed of [0, 1, 7]) {
        const [training, test] = await setsOf({ seed, 'data.name': name, 'data.n': n, 'data.noise': 0 });
        const trained = new Set(pointsOf(training));
        expect(pointsOf(test).filter((point) => trained.has(point))).toEqual([]);
        expect(test.count).toBe(1000 * training.classes);
      }
    },
  );

  it.each([2, 10, 1000])('lies on the curves of the training set, and all along them: n = %d', async (n) => {
    // How far along its curve a point lies, from 0 to 1, and how far beside it.
    const along: Record<string, (x: number, y: number, c: number) => [number, number]> = {
      spiral: (x, y, c) => {
        const t = Math.hypot(x, y);
        const turns = (Math.atan2(x, y) / (2 * Math.PI) - c / 3 - (2 / 3) * t) % 1;
        return [t, t * Math.abs(turns - Math.round(turns))];
      },
      moons: (x, y, c) => {
        const [fromX, fromY] = c === 0 ? [x + 0.5, y + 0.25] : [0.5 - x, 0.25 - y];
        return [Math.atan2(fromY, fromX) / Math.PI, Math.abs(Math.hypot(fromX, fromY) - 1)];
      },
      circles: (x, y, c) => [
        (Math.atan2(y, x) / (2 * Math.PI) + 1) % 1,
        Math.abs(Math.hypot(x, y) - (c === 0 ? 1 : 0.5)),
      ],
    };
    for (const [name, place] of Object.entries(along)) {
      const [, { x, labels, count }] = await setsOf({ 'data.name': name, 'data.n': n, 'data.noise': 0 });
      const places = Array.from(labels, (c, i) => place(x[2 * i] as number, x[2 * i + 1] as number, c));
      expect(Math.max(...places.map(([, beside]) => beside)), name).toBeLessThan(1e-6);
      for (const half of [0, 0.5]) {
        const share = places.filter(([t]) => t >= half && t < half + 0.5).length / count;
        expect(share, name).toBeGreaterThan(0.45);
      }
    }
  });

  it.each([...KINDS, 'gaussians'] as const)('is the same as ever where there is noise: %s', async (name) => {
    const config = configOf({ seed: 3, 'data.name': name, 'data.n': 20, 'data.noise': 0.2 });
    const more = configOf({ 'data.name': name, 'data.n': 1000, 'data.noise': 0.2 }).data;
    const kind: DrawnKind = DATA_SETS[name];
    expect(await testDataOf(config)).toEqual(kind.draw(more, Rng.of(3).split('test')));
  });
});
