import type { StepInput } from '../batches/step-input.ts';
import { floatsOf, integersOf, type MemoryPlan, type Part, WORD } from './plan.ts';

/** Rows beyond the last of a batch are read, too, and stay what they are not: numbers. */
const BEYOND = 8;

/** What a step reads of its own, for some steps at once: each of its inputs with so many words a step. */
export class StepInputs {
  readonly #parts: readonly Part[];
  readonly #words: readonly number[];

  /** @param largest the inputs of a step with the most rows */
  constructor(plan: MemoryPlan, largest: readonly StepInput[], steps: number) {
    this.#words = largest.map(({ values }) => values.length);
    this.#parts = largest.map(({ shape, values }) => {
      const row = values.length / Math.max(1, shape[0] ?? 1);
      return plan.words(values.length * steps + BEYOND * row);
    });
  }

  /** Where input `i` stands, and the bytes from one step's to the next's. */
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
