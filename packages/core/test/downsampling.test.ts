import { describe, expect, it } from 'vitest';
import { downsample } from '../src/downsampling.ts';
import { Rng } from '../src/rng.ts';

const rng = Rng.of(5);
const series = (n: number) => ({
  steps: Float64Array.from({ length: n }, (_, i) => i),
  values: Float64Array.from({ length: n }, () => rng.normal()),
});

describe('downsample', () => {
  it('keeps everything of a short series', () => {
    expect(downsample(series(10), 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('keeps first and last point, the extremes and what is not finite, and not too many', () => {
    for (let round = 0; round < 20; round++) {
      const points = series(5000 + 371 * round);
      const broken = Math.floor(rng.uniform(0, points.values.length));
      points.values[broken] = Number.NaN;
      const kept = downsample(points, 500);
      const finite = [...points.values].filter(Number.isFinite);
      const values = kept.map((i) => points.values[i] as number);
      expect(kept[0]).toBe(0);
      expect(kept.at(-1)).toBe(points.values.length - 1);
      expect(kept).toContain(broken);
      expect(values).toContain(Math.max(...finite));
      expect(values).toContain(Math.min(...finite));
      expect(kept.length).toBeLessThanOrEqual(2000);
      expect([...kept].sort((a, b) => a - b)).toEqual(kept);
    }
  });

  it('keeps drawn points where they are as rows are appended', () => {
    const long = series(9000);
    const short = { steps: long.steps.slice(0, 8200), values: long.values.slice(0, 8200) };
    const before = downsample(short, 1000).filter((i) => i < 8192 - 32);
    expect(downsample(long, 1000)).toEqual(expect.arrayContaining(before));
  });
});
