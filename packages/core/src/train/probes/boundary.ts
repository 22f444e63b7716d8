import * as tf from '@tensorflow/tfjs-core';
import { BOUNDARY } from '../../artifacts/artifacts.ts';
import { extentOf, planePoints } from './plane.ts';
import type { Probe } from './probe.ts';

const GRID = 96;

/** The decision boundary of a classifier of points in the plane; each look is a frame of the animation. */
export const boundary: Probe = {
  id: BOUNDARY.name,
  start: ({ model, data, loss, total, probes }) => {
    if (!probes.boundary || data.features !== 2) return null;
    const extent = extentOf(data);
    const grid = tf.tensor2d(planePoints(extent, GRID), [GRID * GRID, 2]);
    return {
      steps: probes.boundary(total),
      look: (step) => {
        const answers = tf.tidy(() => tf.round(tf.mul(loss.probabilities(model.apply(grid) as tf.Tensor2D), 255)));
        // Read outside of tidy, which would search every element of its result for tensors.
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
