import type { DataConfig } from '../config/schema.ts';
import { cos, sin } from '../exact-math.ts';
import type { Rng } from '../rng.ts';
import type { DataSet } from './data-set.ts';

/**
 * The spiral of the course's notebook: for class c of C, t = linspace(0, 1, n),
 * angle = linspace(2 pi c / C, 2 pi (2 + c) / C, n) + noise * normal, x = t * (sin angle, cos angle).
 * Shape of x: [n * C, 2], class by class.
 */
export function spiral({ n, classes, noise }: Extract<DataConfig, { name: 'spiral' }>, rng: Rng): DataSet {
  const x = new Float32Array(n * classes * 2);
  const labels = new Int32Array(n * classes);
  for (let c = 0; c < classes; c++) {
    const start = (2 * Math.PI * c) / classes;
    const end = (2 * Math.PI * (2 + c)) / classes;
    for (let i = 0; i < n; i++) {
      const t = i / (n - 1);
      const angle = start + (end - start) * t + noise * rng.normal();
      const row = c * n + i;
      x[2 * row] = t * sin(angle);
      x[2 * row + 1] = t * cos(angle);
      labels[row] = c;
    }
  }
  return { x, labels, count: n * classes, features: 2, shape: [2], classes };
}
