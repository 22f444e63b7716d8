import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { LOSS_SURFACE } from '../../artifacts/artifacts.ts';
import type { DataSet } from '../../data/data-set.ts';
import { principalPlane } from '../../statistics/principal-plane.ts';
import type { Loss } from '../losses/index.ts';
import type { Probe } from './probe.ts';

/** A slice of the loss surface through a run's last weights, with the path of the weights in it. */
interface LossSurface {
  /** The points on each side of the grid. */
  readonly grid: number;
  /** The ends of the grid, in distances from the last weights. */
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** [grid, grid] losses on the training data; row 0 is the lower end of y, column 0 that of x. */
  readonly losses: readonly number[];
  readonly path: readonly { readonly step: number; readonly x: number; readonly y: number }[];
  /** The share of the path's squared distances from its end that lies along x, and along y. */
  readonly shares: readonly [number, number];
}

const GRID = 21;
const MOST_SNAPSHOTS = 60;
/** How far the grid extends beyond the path, as a share of its extent. */
const MARGIN = 0.25;

interface SurfaceProbe {
  /** After how many updates the weights are kept. */
  readonly steps: readonly number[];
  keep(step: number): void;
  /**
   * The surface around the kept weights; null where fewer than two of them were finite. The model's weights stay as
   * they are.
   */
  look(): LossSurface | null;
  dispose(): void;
}

/** Keeps the weights now and then in a run of `steps` steps. */
function surfaceProbe(
  model: LayersModel,
  variables: readonly tf.Variable[],
  data: DataSet,
  loss: Loss,
  steps: number,
): SurfaceProbe {
  const x = tf.tensor(data.x, [data.count, ...data.shape]);
  const labels = tf.tensor1d(data.labels, 'int32');
  const kept: { readonly step: number; readonly weights: Float32Array }[] = [];
  const parts = Math.min(MOST_SNAPSHOTS, steps);
  const read = () => Float32Array.from(variables.flatMap((variable) => [...variable.dataSync()]));
  const write = (weights: Float32Array) => {
    let from = 0;
    for (const variable of variables) {
      const part = tf.tensor(weights.subarray(from, from + variable.size), variable.shape);
      variable.assign(part);
      part.dispose();
      from += variable.size;
    }
  };
  const lossOf = (weights: Float32Array) => {
    write(weights);
    const mean = tf.tidy(() => loss.mean(model.apply(x) as tf.Tensor2D, labels));
    const [value = Number.NaN] = mean.dataSync();
    mean.dispose();
    return value;
  };
  return {
    steps: Array.from({ length: parts + 1 }, (_, i) => Math.round((steps * i) / parts)),
    keep: (step) => {
      const weights = read();
      if (weights.every(Number.isFinite)) kept.push({ step, weights });
    },
    look: () => {
      const centre = kept.at(-1)?.weights;
      if (!centre || kept.length < 2) return null;
      const before = read();
      const { directions, coordinates, shares } = principalPlane(kept.map(({ weights }) => weights));
      const [across, up] = directions;
      const along = (axis: 0 | 1) => span(coordinates.map((point) => point[axis]));
      const ranges = [along(0), along(1)] as const;
      const at = ([from, to]: readonly [number, number], i: number) => from + ((to - from) * i) / (GRID - 1);
      const losses = Array.from({ length: GRID * GRID }, (_, i) => {
        const [a, b] = [at(ranges[0], i % GRID), at(ranges[1], Math.floor(i / GRID))];
        return lossOf(centre.map((value, w) => value + a * (across[w] as number) + b * (up[w] as number)));
      });
      write(before);
      const path = kept.map(({ step }, i) => ({ step, x: coordinates[i]?.[0] ?? 0, y: coordinates[i]?.[1] ?? 0 }));
      return { grid: GRID, x: ranges[0], y: ranges[1], losses, path, shares };
    },
    dispose: () => tf.dispose([x, labels]),
  };
}

function span(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = MARGIN * (high - low) || 1;
  return [low - margin, high + margin];
}

/** The loss around the path of the weights. */
export const surface: Probe = {
  id: LOSS_SURFACE.name,
  start: ({ model, trainable, data, loss, total, probes }) => {
    if (!probes.surface) return null;
    const probe = surfaceProbe(model, trainable, data, loss, total);
    return {
      steps: probe.steps,
      look: (step) => {
        probe.keep(step);
        const seen = step === total ? probe.look() : null;
        if (!seen) return [];
        const remark = `loss surface: ${seen.grid} x ${seen.grid} losses around the path of the weights`;
        const { name, mediaType } = LOSS_SURFACE;
        return [{ kind: 'artifact', artifact: { name, step: null, mediaType, data: seen, remark } }];
      },
      dispose: probe.dispose,
    };
  },
};
