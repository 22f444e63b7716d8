import type { StepInput } from '../batches/step-input.ts';
import { floatsOf, integersOf, type MemoryPlan, type Part, WORD } from './plan.ts';

/** Kernels also read rows beyond the last of a batch: these must hold numbers. */
const BEYOND = 8;

/** The inputs of several steps at once, each with the same number of words a step. */
export class StepInputs {
  readonly #parts: readonly Part[];
  readonly #words: readonly number[];

  /** @param largest the inputs of the step with the most rows */
  constructor(plan: MemoryPlan, largest: readonly StepInput[], steps: number) {
    this.#words = largest.map(({ values }) => values.length);
    this.#parts = largest.map(({ shape, values }) => {
      const row = values.length / Math.max(1, shape[0] ?? 1);
      return plan.words(values.length * steps + BEYOND * row);
    });
  }

  /** Where input `i` is, and the distance in bytes from one step's to the next one's. */
  at(i: number): [at: number, stride: number] {
    return [(this.#parts[i] as Part).at, WORD * (this.#words[i] as number)];
  }

  write(memory: ArrayBuffer, step: number, inputs: readonly StepInput[]): void {
    for (const [i, { values }] of inputs.entries()) {
      const { at } = this.#parts[i] as Part;
      const part = { at: at + WORD * (this.#words[i] as number) * step, length: values.length };
      if (values instanceof Int32Array) integersOf(memory, part).set(values);
      else floatsOf(memory, part).set(values);
    }
  }
}
