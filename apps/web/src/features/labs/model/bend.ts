import type { Config } from '@whorl/core';
import { type Curvature, openCurvature, type Trainer } from '@whorl/core/trainer';

/** The curvature is measured this often, in steps: it takes as long as some of them. */
const EVERY = 25;
/** Power iterations at first, and later from the direction found before. */
const [FIRST, LATER] = [16, 3];

/** The largest curvature along a training: at the same steps however it is played. */
export class Bend {
  readonly #curvature: Curvature;
  #last = Number.NaN;

  private constructor(curvature: Curvature) {
    this.#curvature = curvature;
  }

  static async open(config: Config, data: Parameters<typeof openCurvature>[1]): Promise<Bend> {
    return new Bend(await openCurvature(config, data));
  }

  /** What it is before the next step, or was when it was measured last. */
  before(trainer: Trainer): number {
    const done = trainer.done();
    if (done % EVERY === 0) this.#last = this.#curvature.largest(trainer.state(), done === 0 ? FIRST : LATER);
    return this.#last;
  }
}
