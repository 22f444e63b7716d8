import { points } from '../../data/points.ts';
import { trainingSample } from '../../data/sample.ts';
import { cos, sin } from '../../random/exact-math.ts';
import { dataKind } from './data-kind.ts';
import { n, spread } from './fields.ts';

/** Two interlocking half circles: scikit-learn's make_moons, shifted so that their middle is (0, 0). */
export const moons = dataKind({
  id: 'moons',
  label: 'moons',
  otherNames: ['two moons', 'make moons', 'half moons'],
  fields: { n, noise: spread.default(0.1) },
  facts: { planar: true, curve: true },
  draw: ({ n, noise }, rng, { perClass, at } = trainingSample(n)) =>
    points(noise, perClass, 2, rng, (c, i) => {
      const angle = (Math.PI * at(i, n - 1)) / (n - 1);
      const [x, y] = c === 0 ? [cos(angle), sin(angle)] : [1 - cos(angle), 0.5 - sin(angle)];
      return [x - 0.5, y - 0.25];
    }),
});
