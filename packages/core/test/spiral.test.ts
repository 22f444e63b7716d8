import { describe, expect, it } from 'vitest';
import { KINDS, trainingStudy } from '../src/index.ts';
import { Rng } from '../src/random/rng.ts';

const spiral = KINDS.data.spiral.draw;

describe('spiral', () => {
  const config = { name: 'spiral', n: 1000, classes: 3, noise: 0.2 } as const;

  it("is the study's data", () => {
    expect(trainingStudy('spiral').defaults.data).toEqual(config);
  });

  it("has the course's shape: 3000 points of two features in three classes, class by class", async () => {
    const data = await spiral(config, Rng.of(1));
    expect([data.count, data.features, data.classes, data.x.length]).toEqual([3000, 2, 3, 6000]);
    expect([...data.labels.slice(999, 1001), ...data.labels.slice(1999, 2001)]).toEqual([0, 1, 1, 2]);
  });

  it("follows the notebook's formula where there is no noise", async () => {
    const data = await spiral({ ...config, n: 5, noise: 0 }, Rng.of(1));
    // numpy: t = linspace(0, 1, 5); angle = linspace(2 pi c / 3, 2 pi (2 + c) / 3, 5); t * sin(angle), t * cos(angle)
    const expected = [
      [0, 0],
      [0.2165063509, 0.125],
      [0.4330127019, -0.25],
      [0, -0.75],
      [-0.8660254038, -0.5],
      [0, 0],
      [0, -0.25],
      [-0.4330127019, -0.25],
      [-0.6495190528, 0.375],
      [0, 1],
    ].flat();
    for (const [i, value] of expected.entries()) expect(data.x[i]).toBeCloseTo(value, 6);
  });

  it('spreads the angle by the noise, and the radius not at all', async () => {
    const data = await spiral(config, Rng.of(2));
    const errors: number[] = [];
    for (let i = 1; i < 1000; i++) {
      const [x = 0, y = 0] = data.x.slice(2 * i, 2 * i + 2);
      const t = i / 999;
      expect(Math.hypot(x, y)).toBeCloseTo(t, 6);
      const turn = Math.atan2(x, y) - (4 * Math.PI * t) / 3;
      errors.push(turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI)));
    }
    const sd = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
    expect(sd).toBeGreaterThan(0.18);
    expect(sd).toBeLessThan(0.22);
  });
});
