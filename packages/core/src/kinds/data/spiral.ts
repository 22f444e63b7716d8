import { z } from 'zod';
import { trainingSample } from '../../data/sample.ts';
import { cos, sin } from '../../random/exact-math.ts';
import { dataKind } from './data-kind.ts';
import { classes, n } from './fields.ts';

/**
 * The spiral of the course's notebook: for class c of C, t = linspace(0, 1, n),
 * angle = linspace(2 pi c / C, 2 pi (2 + c) / C, n) + noise * normal, x = t * (sin angle, cos angle).
 * Shape of x: [n * C, 2], class by class.
 */
export const spiral = dataKind({
  id: 'spiral',
  label: 'spiral',
  otherNames: ['spirals', 'swiss roll'],
  fields: {
    n,
    classes: classes.default(3), // the course's
    noise: z.number().min(0).max(10).default(0.2).describe('standard deviation of the angle, in radians'), // the course's
  },
  facts: { planar: true, curve: true },
  draw: ({ n, classes, noise }, rng, { perClass, at } = trainingSample(n)) => {
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
  },
});
