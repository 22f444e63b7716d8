import { buildConfig, type Config, repeatCommand } from '@whorl/core';
import {
  type Digits,
  type Evaluator,
  openEvaluator,
  openTrainer,
  pixelsAsGiven,
  prepareFrom,
  type Trainer,
} from '@whorl/core/trainer';
import type { CellFrame, DigitAsked, LabAsked, LabFrame, SetMeasured } from './messages.ts';

/** After so many steps a network is tested. */
const TEST_EVERY = 20;
/** On so many digits: all of them take as long as many steps, and are asked once it is trained. */
const FEW = 500;
/** Digits that no run trains on. */
const TEST_DIGITS = 2000;
const FIRST_DIGIT: DigitAsked = { digit: 3, place: 0 };
const NOTHING: SetMeasured = { loss: Number.NaN, accuracy: Number.NaN };
const MEASURES = ['loss', 'accuracy', 'testAccuracy'] as const;

interface Cell {
  readonly config: Config;
  readonly trainer: Trainer;
  readonly few: Evaluator;
  readonly all: Evaluator;
  /** Looks at one digit. */
  readonly eye: Evaluator;
  batch: SetMeasured;
  test: SetMeasured;
}

/** Networks that read digits, trained side by side: what the worker of a lab of digits does, for whoever calls it. */
export class DigitSession {
  readonly #cells: readonly Cell[];
  readonly #digits: Digits;
  #digit: Float32Array;

  private constructor(cells: readonly Cell[], digits: Digits) {
    this.#cells = cells;
    this.#digits = digits;
    this.#digit = this.#pixelsOf(FIRST_DIGIT);
  }

  /** @throws ConfigError naming the first value that is not valid, what came and what is allowed */
  static async open({ defaults, cells }: LabAsked, mnist: () => Promise<Digits>): Promise<DigitSession> {
    const sources = { mnist, csv: () => Promise.reject(new Error('a lab has no files')) };
    const opened: Cell[] = [];
    for (const values of cells) {
      const config = buildConfig(defaults, values);
      const prepared = await prepareFrom(sources, config);
      const { test } = prepared;
      const first = (count: number) => ({
        ...test,
        ...{ x: test.x.subarray(0, count * test.features), labels: test.labels.subarray(0, count), count },
      });
      const few = await openEvaluator(config, first(FEW));
      const trainer = await openTrainer(prepared);
      opened.push({
        ...{ config, trainer, few },
        all: await openEvaluator(config, test),
        eye: await openEvaluator(config, first(1)),
        batch: NOTHING,
        test: few.measure(trainer.state()),
      });
    }
    return new DigitSession(opened, await mnist());
  }

  /** Updates of each training as a whole: of the shortest, where they differ. */
  get steps(): number {
    return Math.min(...this.#cells.map(({ trainer }) => trainer.steps));
  }

  get measures(): readonly (readonly string[])[] {
    return this.#cells.map(() => MEASURES);
  }

  /** There is no plane. */
  readonly points = [];

  /** The command that trains the same config on the same engine, of each training. */
  get commands(): readonly string[] {
    return this.#cells.map(({ config }) => repeatCommand(config, { engine: 'portable' }));
  }

  /**
   * Trains all of them in turns, a step each, up to step `to`, or until time is up: all have made the same number of updates then.
   * @param isUp whether time is up; asked once a round
   */
  advance(to: number, isUp: () => boolean): LabFrame {
    const rows: number[][] = this.#cells.map(() => []);
    const last = Math.min(to, this.steps);
    let step = this.#cells[0]?.trainer.done() ?? 0;
    while (step < last) {
      for (const [i, cell] of this.#cells.entries()) rows[i]?.push(...this.#advanceOne(cell, step));
      step += 1;
      if (isUp()) break;
    }
    return this.#frame(rows);
  }

  /** Looks at a digit from now on. */
  see(digit: DigitAsked): LabFrame {
    this.#digit = this.#pixelsOf(digit);
    return this.#frame([]);
  }

  /** What step `step` measures, with the test as it was before it. */
  #advanceOne(cell: Cell, step: number): readonly number[] {
    const tested = cell.test.accuracy;
    const [loss = Number.NaN, accuracy = Number.NaN] = cell.trainer.advance(1);
    cell.batch = { loss, accuracy };
    const done = step + 1;
    if (done === this.steps) cell.test = cell.all.measure(cell.trainer.state());
    else if (done % TEST_EVERY === 0) cell.test = cell.few.measure(cell.trainer.state());
    return [loss, accuracy, tested];
  }

  #frame(rows: readonly (readonly number[])[]): LabFrame {
    return {
      step: this.#cells[0]?.trainer.done() ?? 0,
      cells: this.#cells.map((cell, i): CellFrame => {
        const { batch, test, eye, trainer, config } = cell;
        eye.put(pixelsAsGiven(config, this.#digit));
        const answer = eye.probabilities(trainer.state());
        return {
          ...{ picture: new Uint8Array(0), units: new Float32Array(0), train: batch, test },
          ...{ rows: Float32Array.from(rows[i] ?? []), seen: { layers: eye.layers(), answer } },
        };
      }),
      digit: this.#digit,
    };
  }

  /** A digit of the test set is one of the last. */
  #pixelsOf(asked: DigitAsked): Float32Array {
    if ('pixels' in asked) return asked.pixels;
    const { labels, pixels } = this.#digits;
    const size = pixels.length / labels.length;
    const rows = [...labels.keys()].slice(-TEST_DIGITS).filter((row) => labels[row] === asked.digit);
    const row = rows[asked.place % rows.length] ?? 0;
    return pixels.slice(row * size, (row + 1) * size);
  }
}
