import { buildConfig, type Config, repeatCommand } from '@whorl/core';
import {
  type DataSet,
  type Evaluator,
  extentOf,
  type NetworkState,
  openEvaluator,
  openTrainer,
  planePoints,
  prepareFrom,
  type Trainer,
  withoutNorms,
} from '@whorl/core/trainer';
import { Bend } from './bend.ts';
import type { CellFrame, CellPoints, LabAsked, LabFrame } from './messages.ts';
import { isDrawable, type NetworkFrame, networkPictures, shadesOf, UNIT_GRID } from './network-drawing.ts';
import { oneFile, refuseOtherThanPlanar } from './one-file.ts';
import { PathKeeper, surfaceOf } from './path-keeper.ts';
import { rowsBackwards } from './rows-backwards.ts';
import type { PathSurface } from './weight-paths.ts';

interface Cell {
  readonly config: Config;
  readonly trainer: Trainer;
  /** Follows the largest curvature, where that is asked for. */
  readonly bend: Bend | null;
  /** Keeps the path of the weights, where that is asked for. */
  readonly keeper: PathKeeper | null;
  readonly points: CellPoints;
  readonly plane: Evaluator;
  readonly train: Evaluator;
  readonly test: Evaluator;
  readonly hidden: number;
  /** Of the places at which every unit is drawn; null where none is. */
  readonly units: {
    readonly evaluator: Evaluator;
    readonly places: Float32Array;
    readonly widths: readonly number[];
  } | null;
}

/** Trainings side by side: what a lab's worker does, for whoever calls it. */
export class LabSession {
  readonly #cells: readonly Cell[];

  private constructor(cells: readonly Cell[]) {
    this.#cells = cells;
  }

  /** @throws ConfigError naming the first value that is not valid, what came and what is allowed */
  static async open(asked: LabAsked): Promise<LabSession> {
    const {
      defaults,
      cells,
      layers,
      network = false,
      grid,
      file,
      curvature = false,
      paths = false,
      backwards = [],
    } = asked;
    const opened: Cell[] = [];
    for (const [i, values] of cells.entries()) {
      const config = buildConfig(defaults, values);
      const drawn = await prepareFrom(oneFile(file), config);
      refuseOtherThanPlanar(drawn);
      const prepared = backwards.includes(i) ? { ...drawn, train: rowsBackwards(drawn.train) } : drawn;
      const { train, test } = prepared;
      const extent = extentOf(train);
      const plane = planeOf(train, grid);
      const widths = config.model.name === 'mlp' ? config.model.hidden : [];
      const places = planeOf(train, UNIT_GRID);
      const units = network &&
        opened.length === 0 &&
        isDrawable(widths) && {
          evaluator: await openEvaluator(config, places),
          places: places.x,
          widths: [train.features, ...widths, train.classes],
        };
      const trainer = await openTrainer(prepared, { layers });
      const ofTrain = await openEvaluator(config, train);
      opened.push({
        config,
        trainer,
        keeper: paths ? new PathKeeper(trainer, ofTrain) : null,
        bend: curvature ? await Bend.open(config, prepared.train) : null,
        points: { positions: train.x, labels: Uint8Array.from(train.labels), classes: train.classes, extent, grid },
        plane: await openEvaluator(config, plane),
        train: ofTrain,
        test: await openEvaluator(config, test),
        hidden: widths[0] ?? 0,
        units: units || null,
      });
    }
    return new LabSession(opened);
  }

  /** Updates of each training as a whole: of the shortest, where they differ. */
  get steps(): number {
    return Math.min(...this.#cells.map(({ trainer }) => trainer.steps));
  }

  get measures(): readonly (readonly string[])[] {
    return this.#cells.map(({ trainer, bend }) => [...trainer.measures, ...(bend ? ['curvature'] : [])]);
  }

  get points(): readonly CellPoints[] {
    return this.#cells.map(({ points }) => points);
  }

  /** The command that trains the same config on the same engine, of each training. */
  get commands(): readonly string[] {
    return this.#cells.map(({ config }) => repeatCommand(config, { engine: 'portable' }));
  }

  /** The loss around the paths of these trainings until now; null where no paths are kept. */
  survey(cells: readonly number[]): PathSurface | null {
    return surfaceOf(
      this.#cells.map(({ keeper }) => keeper),
      cells,
    );
  }

  /**
   * Trains all of them in turns, a step each, up to step `to`, or until time is up: all have made the same number of updates then.
   * @param isUp whether time is up; asked once a round
   */
  advance(to: number, isUp: () => boolean): LabFrame {
    const rows: Float32Array[][] = this.#cells.map(() => []);
    const last = Math.min(to, this.steps);
    let step = this.#cells[0]?.trainer.done() ?? 0;
    while (step < last) {
      for (const [i, cell] of this.#cells.entries()) rows[i]?.push(advancedOne(cell));
      step += 1;
      if (isUp()) break;
    }
    return { step, cells: this.#cells.map((cell, i) => frameOf(cell, joined(rows[i] ?? []))) };
  }
}

/** What the next step measures, and the curvature before it where that is followed. */
function advancedOne({ trainer, bend, keeper }: Cell): Float32Array {
  const curvature = bend?.before(trainer);
  const measured = trainer.advance(1);
  keeper?.afterStep();
  return curvature === undefined ? measured : Float32Array.of(...measured, curvature);
}

function frameOf({ trainer, plane, train, test, hidden, units }: Cell, rows: Float32Array<ArrayBuffer>): CellFrame {
  const state = trainer.state();
  const picture = shadesOf(plane.probabilities(state));
  const plain = withoutNorms(state);
  return {
    picture,
    units: unitsOf(plain, hidden),
    network: units && networkOf(units, state, plain),
    train: train.measure(state),
    test: test.measure(state),
    rows,
  };
}

/** Rows at the places of a grid of the plane. */
function planeOf(train: DataSet, grid: number): DataSet {
  const count = grid * grid;
  return { ...train, x: planePoints(extentOf(train), grid), labels: new Int32Array(count), count };
}

function networkOf(
  { evaluator, places, widths }: NonNullable<Cell['units']>,
  state: NetworkState,
  plain: readonly Float32Array[],
): NetworkFrame {
  const columns = [places, ...evaluator.activations(state), evaluator.probabilities(state)];
  const weights = joined(plain.filter((_, i) => i % 2 === 0));
  return { widths, pictures: networkPictures(columns, widths), weights };
}

/** @param weights the kernel and bias of each layer, one after the other */
function unitsOf(weights: readonly Float32Array[], hidden: number): Float32Array<ArrayBuffer> {
  const [kernel, bias, next] = weights;
  const units = new Float32Array(4 * hidden);
  if (!kernel || !bias || !next) return units;
  const outputs = hidden === 0 ? 0 : next.length / hidden;
  for (let unit = 0; unit < hidden; unit++) {
    const onward = next.subarray(unit * outputs, (unit + 1) * outputs);
    const length = Math.sqrt(onward.reduce((sum, w) => sum + w * w, 0));
    units.set([kernel[unit] as number, kernel[hidden + unit] as number, bias[unit] as number, length], 4 * unit);
  }
  return units;
}

function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
