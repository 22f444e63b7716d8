import * as tf from '@tensorflow/tfjs-core';
import { BOUNDARY } from '../../artifacts/artifacts.ts';
import type { Probe } from './probe.ts';

const GRID = 96;
const MARGIN = 1.15;

/** The decision boundary of a classifier of points in the plane: one frame of the moving picture a look. */
export const boundary: Probe = {
  id: BOUNDARY.name,
  start: ({ model, data, loss, total, probes }) => {
    if (!probes.boundary || data.features !== 2) return null;
    let extent = 0;
    for (const value of data.x) extent = Math.max(extent, Math.abs(value));
    extent *= MARGIN;
    const grid = tf.tensor2d(pointsOf(extent), [GRID * GRID, 2]);
    return {
      steps: probes.boundary(total),
      look: (step) => {
        const answers = tf.tidy(() => tf.round(tf.mul(loss.probabilities(model.apply(grid) as tf.Tensor2D), 255)));
        // Read outside of tidy, which would look for tensors in every element of what it returns.
        const seen = new Uint8Array(answers.dataSync());
        answers.dispose();
        const meta = { grid: GRID, classes: data.classes, extent };
        const { name, mediaType } = BOUNDARY;
        return [{ kind: 'artifact', artifact: { name, step, mediaType, data: seen, meta } }];
      },
      dispose: () => grid.dispose(),
    };
  },
};

/** [GRID x GRID, 2] from -extent to extent; row 0 is y = extent, column 0 is x = -extent. */
function pointsOf(extent: number): Float32Array {
  const points = new Float32Array(GRID * GRID * 2);
  const at = (i: number) => extent * ((2 * i) / (GRID - 1) - 1);
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      points[2 * (row * GRID + column)] = at(column);
      points[2 * (row * GRID + column) + 1] = -at(row);
    }
  }
  return points;
}
