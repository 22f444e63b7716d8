import type { Evaluator, Trainer } from '@whorl/core/trainer';
import { lossGrid, type PathSurface, planeOfPaths, type Waypoint, weightsAt } from './weight-paths.ts';

/** So many waypoints of a whole training are kept. */
const WAYPOINTS = 40;

/** Keeps the weights of a training at the same steps, however it is played. */
export class PathKeeper {
  readonly #trainer: Trainer;
  readonly #train: Evaluator;
  readonly #kept: Waypoint[];

  constructor(trainer: Trainer, train: Evaluator) {
    this.#trainer = trainer;
    this.#train = train;
    this.#kept = [this.#now()];
  }

  /** To be told of every step. */
  afterStep(): void {
    const every = Math.ceil(this.#trainer.steps / WAYPOINTS);
    if (this.#trainer.done() % every === 0) this.#kept.push(this.#now());
  }

  /** The weights from the start until now. */
  path(): readonly Waypoint[] {
    return this.#kept.at(-1)?.step === this.#trainer.done() ? this.#kept : [...this.#kept, this.#now()];
  }

  /** The training loss of other weights; the networks whose paths are kept have no batch norm, and so no running means. */
  lossOf(weights: Float32Array): number {
    let at = 0;
    const parts = this.#trainer.state().weights.map(({ length }) => {
      at += length;
      return weights.subarray(at - length, at);
    });
    return this.#train.measure({ weights: parts, running: [] }).loss;
  }

  #now(): Waypoint {
    const weights = Float32Array.from(this.#trainer.state().weights.flatMap((part) => [...part]));
    return { step: this.#trainer.done(), weights };
  }
}

/** The loss around the paths of some trainings that began with the same weights; null where one is not there. */
export function surfaceOf(
  keepers: readonly (PathKeeper | null | undefined)[],
  cells: readonly number[],
): PathSurface | null {
  const chosen = cells.map((cell) => keepers[cell]);
  const [first] = chosen;
  if (!first) return null;
  const paths = chosen.map((keeper) => keeper?.path() ?? []);
  const start = paths[0]?.[0]?.weights as Float32Array;
  const plane = planeOfPaths(paths);
  const lossOf = (weights: Float32Array) => first.lossOf(weights);
  const surveyed = plane.paths.map((path, i) => {
    const { x, y } = path.points.at(-1) ?? { x: Number.NaN, y: Number.NaN };
    const loss = lossOf(paths[i]?.at(-1)?.weights as Float32Array);
    return { ...path, loss, drawnLoss: lossOf(weightsAt(plane, start, x, y)) };
  });
  const step = paths[0]?.at(-1)?.step ?? 0;
  return { step, cells, paths: surveyed, grid: lossGrid(plane, start, lossOf) };
}
