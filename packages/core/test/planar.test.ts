import { describe, expect, it } from 'vitest';
import { buildConfig, type DataConfig, Rng, trainingStudy } from '../src/index.ts';
import { drawData } from '../src/node/index.ts';

const KINDS = ['moons', 'circles', 'xor', 'gaussians', 'checkerboard'] as const;

const draw = async (values: Record<string, unknown>, seed = 1) =>
  (await drawData(buildConfig(trainingStudy('spiral').defaults, values).data, Rng.of(seed))).train;

/** The points of a class. */
async function placed(values: Record<string, unknown>): Promise<[number, number, number][]> {
  const { x, labels } = await draw({ 'data.n': 400, 'data.noise': 0, ...values });
  return Array.from(labels, (c, i) => [x[2 * i] as number, x[2 * i + 1] as number, c]);
}

describe.each(KINDS)('%s', (name) => {
  it('has n points a class, class by class, the same for the same seed', async () => {
    const data = await draw({ 'data.name': name, 'data.n': 50 });
    expect(data).toMatchObject({ count: 50 * data.classes, features: 2, shape: [2] });
    expect([...data.labels]).toEqual(Array.from({ length: data.count }, (_, i) => Math.floor(i / 50)));
    expect(await draw({ 'data.name': name, 'data.n': 50 })).toEqual(data);
    expect((await draw({ 'data.name': name, 'data.n': 50 }, 2)).x).not.toEqual(data.x);
  });

  it('moves each coordinate by the noise: variances add up', async () => {
    const meanSquare = async (noise: number) => {
      const { x } = await draw({ 'data.name': name, 'data.n': 5000, 'data.noise': noise });
      return x.reduce((sum, value) => sum + value * value, 0) / x.length;
    };
    const added = (await meanSquare(2)) - (await meanSquare(0));
    expect(added).toBeGreaterThan(3.8);
    expect(added).toBeLessThan(4.2);
  });
});

describe('without noise', () => {
  it('moons lie on two half circles of radius 1', async () => {
    for (const [x, y, c] of await placed({ 'data.name': 'moons' })) {
      const [fromX, fromY] = c === 0 ? [x + 0.5, y + 0.25] : [x - 0.5, y - 0.25];
      expect(Math.hypot(fromX, fromY)).toBeCloseTo(1, 5);
      expect(c === 0 ? fromY : -fromY).toBeGreaterThan(-1e-6);
    }
  });

  it('circles have radius 1 and 0.5', async () => {
    for (const [x, y, c] of await placed({ 'data.name': 'circles' }))
      expect(Math.hypot(x, y)).toBeCloseTo(c === 0 ? 1 : 0.5, 5);
  });

  it('the class of xor is whether the signs differ', async () => {
    for (const [x, y, c] of await placed({ 'data.name': 'xor' })) {
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1);
      expect(x < 0 !== y < 0).toBe(c === 1);
    }
  });

  it.each([2, 3, 4, 5])('a board of %i squares a side alternates, and every square has points', async (squares) => {
    const seen = new Set<string>();
    for (const [x, y, c] of await placed({ 'data.name': 'checkerboard', 'data.squares': squares })) {
      const [column, row] = [x, y].map((value) => Math.min(squares - 1, Math.floor(((value + 1) * squares) / 2))) as [
        number,
        number,
      ];
      expect((column + row) % 2).toBe(c);
      seen.add(`${column},${row}`);
    }
    expect(seen.size).toBe(squares * squares);
  });

  it('the clouds of gaussians lie evenly on the unit circle', async () => {
    const found = await placed({ 'data.name': 'gaussians', 'data.classes': 4 });
    const centres = [0, 1, 2, 3].map((c) => found.find(([, , other]) => other === c)?.slice(0, 2));
    for (const [c, [x, y]] of [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ].entries()) {
      expect(centres[c]?.[0]).toBeCloseTo(x as number, 6);
      expect(centres[c]?.[1]).toBeCloseTo(y as number, 6);
    }
  });
});

describe('another kind of data', () => {
  const build = (values: Record<string, unknown>): DataConfig =>
    buildConfig(trainingStudy('spiral').defaults, values).data;

  it('keeps the fields that mean the same (the noise of a spiral is an angle, and once drowned a board)', () => {
    expect(build({ 'data.name': 'moons' })).toEqual({ name: 'moons', n: 1000, noise: 0.1 });
    expect(build({ 'data.name': 'checkerboard', 'data.n': 7 })).toEqual({
      name: 'checkerboard',
      n: 7,
      noise: 0.02,
      squares: 4,
    });
    expect(build({ 'data.name': 'gaussians', 'data.noise': 0.3 })).toMatchObject({ classes: 3, noise: 0.3 });
    expect(build({ 'data.name': 'mnist' })).toEqual({ name: 'mnist', n: 8000, augment: 'none' });
  });

  it('refuses a field that it does not have', () => {
    expect(() => build({ 'data.name': 'moons', 'data.classes': 3 })).toThrow('data.classes');
  });
});
