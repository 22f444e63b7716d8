import type { DataConfig } from '../config/schema.ts';
import { cos, sin } from '../random/exact-math.ts';
import type { Rng } from '../random/rng.ts';
import type { DataSet } from './data-set.ts';
import { type Sample, trainingSample } from './sample.ts';

/**
 * The spiral of the course's notebook: for class c of C, t = linspace(0, 1, n),
 * angle = linspace(2 pi c / C, 2 pi (2 + c) / C, n) + noise * normal, x = t * (sin angle, cos angle).
 * Shape of x: [n * C, 2], class by class.
 */
export function spiral(
  { n, classes, noise }: Extract<DataConfig, { name: 'spiral' }>,
  rng: Rng,
  { perClass, at }: Sample = trainingSample(n),
): DataSet {
  const count = perClass * classes;
  const x = new Float32Array(count * 2);
  const labels = new Int32Array(count);
  for (let c = 0; c < classes; c++) {
    const start = (2 * Math.PI * c) / classes;
    const end = (2 * Math.PI * (2 + c)) / classes;
    for (let i = 0; i < perClass; i++) {
      const t = at(i, n - 1) / (n - 1);
      const angle = start + (end - start) * t + noise * rng.normal();
      const row = c * perClass + i;
      x[2 * row] = t * sin(angle);
      x[2 * row + 1] = t * cos(angle);
      labels[row] = c;
    }
  }
  return { x, labels, count, features: 2, shape: [2], classes };
}
