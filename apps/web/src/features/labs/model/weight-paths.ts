import { principalPlane } from '@whorl/core/trainer';

/** All weights of a network after so many updates, one after the other. */
export interface Waypoint {
  readonly step: number;
  readonly weights: Float32Array;
}

/** The path of one training, drawn in a plane of weight space; it begins at (0, 0). */
export interface FlatPath {
  readonly points: readonly { readonly step: number; readonly x: number; readonly y: number }[];
  /** The share of the path's squared distances from its start that lies in the plane; NaN where it does not move. */
  readonly share: number;
}

/** A path with what its last weights lose, and what the plane shows there: the further apart, the less the picture says of it. */
interface SurveyedPath extends FlatPath {
  readonly loss: number;
  readonly drawnLoss: number;
}

interface PathPlane {
  readonly directions: readonly [Float64Array, Float64Array];
  readonly paths: readonly FlatPath[];
}

/** The losses of a plane of weight space through the start of some trainings, and their paths in it. */
export interface PathSurface {
  /** The last step of the paths. */
  readonly step: number;
  /** The trainings, by their places in the lab. */
  readonly cells: readonly number[];
  readonly paths: readonly SurveyedPath[];
  readonly grid: LossGrid;
}

/** Losses at places that are evenly apart in both directions; the start is one of them. */
export interface LossGrid {
  /** Places of a side. */
  readonly size: number;
  /** Between two places, as a distance of weights. */
  readonly spacing: number;
  /** How many places the start is from the left end, and from the lower one. */
  readonly left: number;
  readonly below: number;
  /** [size, size]; row 0 is the lower end. NaN where the loss is not finite. */
  readonly losses: Float32Array<ArrayBuffer>;
}

/** Places of a side: 1681 losses of the lab's network take 0.24 to 0.38 s in Chromium on two cores. */
const SIZE = 41;
/** How far the grid extends beyond the paths on each side, as a share of their extent. */
const MARGIN = 0.15;

/**
 * The plane through the start that holds most of the paths. Waypoints from the first one on that is not finite are left out.
 * @param paths at least one, all from the same weights
 */
export function planeOfPaths(paths: readonly (readonly Waypoint[])[]): PathPlane {
  const finite = paths.map((path) => {
    const end = path.findIndex(({ weights }) => !weights.every(Number.isFinite));
    return end < 0 ? path : path.slice(0, end);
  });
  const start = finite[0]?.[0]?.weights;
  if (!start) throw new RangeError('plane of paths: expected a path with a start, got none');
  // The principal plane goes through the last of its points.
  const points = [...finite.flatMap((path) => path.map(({ weights }) => weights)), start];
  const { directions, coordinates } = principalPlane(points);
  let at = 0;
  return {
    directions,
    paths: finite.map((path) => {
      const mine = coordinates.slice(at, at + path.length);
      at += path.length;
      const inside = mine.reduce((sum, [x, y]) => sum + x * x + y * y, 0);
      const all = path.reduce((sum, { weights }) => sum + squaredDistance(weights, start), 0);
      return {
        points: path.map(({ step }, i) => ({ step, x: mine[i]?.[0] ?? 0, y: mine[i]?.[1] ?? 0 })),
        share: all === 0 ? Number.NaN : Math.min(1, inside / all),
      };
    }),
  };
}

/** The weights at a place of a plane. */
export const weightsAt = (
  { directions: [across, up] }: PathPlane,
  start: Float32Array,
  x: number,
  y: number,
): Float32Array => start.map((value, i) => value + x * (across[i] as number) + y * (up[i] as number));

/** The losses around the paths of a plane. @param lossOf the loss of all weights, one after the other */
export function lossGrid(
  plane: PathPlane,
  start: Float32Array,
  lossOf: (weights: Float32Array) => number,
  size: number = SIZE,
): LossGrid {
  const points = plane.paths.flatMap((path) => path.points);
  const ends = (values: readonly number[]) => [Math.min(0, ...values), Math.max(0, ...values)] as const;
  const [x, y] = [ends(points.map((point) => point.x)), ends(points.map((point) => point.y))];
  const extent = Math.max(x[1] - x[0], y[1] - y[0]);
  // A distance is as long across as up: a path's directions are those of weight space.
  const spacing = ((1 + 2 * MARGIN) * (extent || 1)) / (size - 1);
  const before = ([low, high]: readonly [number, number]) => Math.round((size - 1) / 2 - (low + high) / 2 / spacing);
  const [left, below] = [before(x), before(y)];
  const losses = Float32Array.from({ length: size * size }, (_, place) => {
    const a = ((place % size) - left) * spacing;
    const b = (Math.floor(place / size) - below) * spacing;
    return lossOf(weightsAt(plane, start, a, b));
  });
  return { size, spacing, left, below, losses };
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (const [i, value] of a.entries()) sum += (value - (b[i] as number)) ** 2;
  return sum;
}
