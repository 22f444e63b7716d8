import { points } from '../../data/points.ts';
import { cos, sin } from '../../random/exact-math.ts';
import { dataKind } from './data-kind.ts';
import { classes, n, spread } from './fields.ts';

/** Clouds around centres spread evenly on the unit circle; the noise is their standard deviation. */
export const gaussians = dataKind({
  id: 'gaussians',
  label: 'Gaussians',
  otherNames: ['blobs', 'gauss', 'make blobs', 'clusters'],
  fields: { n, noise: spread.default(0.4), classes: classes.default(3) },
  facts: { planar: true },
  draw: ({ n, noise, classes }, rng) =>
    points(noise, n, classes, rng, (c) => {
      const angle = (2 * Math.PI * c) / classes;
      return [cos(angle), sin(angle)];
    }),
});
