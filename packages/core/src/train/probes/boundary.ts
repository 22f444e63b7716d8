import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { DataSet } from '../../data/data-set.ts';
import type { Loss } from '../losses/index.ts';

/** What a 2-D classifier answers everywhere: one frame of the moving picture. */
export interface BoundaryFrame {
  readonly step: number;
  /** Points per side of the square grid. */
  readonly grid: number;
  readonly classes: number;
  /** The grid spans [-extent, extent] in both directions. */
  readonly extent: number;
  /** [grid, grid, classes] probabilities times 255; row 0 is y = extent, column 0 is x = -extent. */
  readonly probabilities: Uint8Array;
}

const GRID = 96;
const MARGIN = 1.15;

/** Looks at a model's decision boundary. */
export interface BoundaryProbe {
  /** The boundary after `step` updates. */
  look(step: number): BoundaryFrame;
  dispose(): void;
}

/** A probe of the boundary; null where the data is not two-dimensional. */
export function boundaryProbe(
  model: LayersModel,
  data: DataSet,
  probabilities: Loss['probabilities'],
): BoundaryProbe | null {
  if (data.features !== 2) return null;
  let extent = 0;
  for (const value of data.x) extent = Math.max(extent, Math.abs(value));
  extent *= MARGIN;
  const points = new Float32Array(GRID * GRID * 2);
  const at = (i: number) => extent * ((2 * i) / (GRID - 1) - 1);
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      points[2 * (row * GRID + column)] = at(column);
      points[2 * (row * GRID + column) + 1] = -at(row);
    }
  }
  const grid = tf.tensor2d(points, [GRID * GRID, 2]);
  return {
    look: (step) => {
      const answers = tf.tidy(() => tf.round(tf.mul(probabilities(model.apply(grid) as tf.Tensor2D), 255)));
      // Read outside of tidy, which would look for tensors in every element of what it returns.
      const seen = new Uint8Array(answers.dataSync());
      answers.dispose();
      return { step, grid: GRID, classes: data.classes, extent, probabilities: seen };
    },
    dispose: () => grid.dispose(),
  };
}
