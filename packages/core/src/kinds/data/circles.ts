import { points } from '../../data/points.ts';
import { trainingSample } from '../../data/sample.ts';
import { cos, sin } from '../../random/exact-math.ts';
import { dataKind } from './data-kind.ts';
import { n, spread } from './fields.ts';

/** A circle of radius 1 around one of radius 0.5: scikit-learn's make_circles with factor 0.5. */
export const circles = dataKind({
  id: 'circles',
  label: 'circles',
  otherNames: ['rings', 'make circles', 'concentric'],
  fields: { n, noise: spread.default(0.1) },
  facts: { planar: true, curve: true },
  draw: ({ n, noise }, rng, { perClass, at } = trainingSample(n)) =>
    points(noise, perClass, 2, rng, (c, i) => {
      const angle = (2 * Math.PI * at(i, n)) / n;
      const radius = c === 0 ? 1 : 0.5;
      return [radius * cos(angle), radius * sin(angle)];
    }),
});
