import type { Scalars } from '../optimizers/scalars.ts';
import type { Batches } from './batches.ts';
import type { StepInput } from './step-input.ts';

/** What the inputs of a step are drawn from. */
export interface InputSources {
  readonly batches: Batches;
  /** The shape of a row of the data. */
  readonly shape: readonly number[];
  /**
   * Where pictures are augmented: the pictures of a step, changed at random, in place of its rows: [rows, ...shape].
   */
  readonly augment?: ((step: number, rows: Int32Array | null) => Float32Array) | undefined;
  /** The masks of each dropout layer, in order from the input. */
  readonly masks: readonly ((step: number, rows: number) => StepInput)[];
  readonly scalars: Scalars;
  /** The learning rate at each step. */
  readonly lr: (step: number) => number;
}

const scalar = (value: number): StepInput => ({ shape: [], values: Float32Array.of(value) });

/** The inputs of step `step`, counted from 0: rows, pictures, masks, scalars. Repeated calls give the same. */
export function inputsOfStep(of: InputSources, step: number): StepInput[] {
  const { batches, shape, augment, masks, scalars, lr } = of;
  const [rows, count] = [batches.rows(step), batches.size(step)];
  return [
    ...(rows ? [{ shape: [count], values: rows }] : []),
    ...(augment ? [{ shape: [count, ...shape], values: augment(step, rows) }] : []),
    ...masks.map((mask) => mask(step, count)),
    ...scalars(step + 1, lr(step)).map(scalar),
  ];
}
