import type { StepInput } from '../../train/batches/step-input.ts';
import type { Step } from '../../train/step/step.ts';
import type { Binding } from './binding.ts';

/** TensorFlow's type of an input's numbers. */
export const dtypeOfInput = (binding: Binding, values: StepInput['values']): number =>
  values instanceof Int32Array ? binding.TF_INT32 : binding.TF_FLOAT;

/** The first step after `at` whose inputs have the same shapes. */
export function nextOfShape(step: Step, at: number): number {
  const key = step.shapeKey(at);
  let next = at + 1;
  while (step.shapeKey(next) !== key) next += 1;
  return next;
}

/** The inputs of `count` steps, each stacked along a first axis. */
export function stacked(step: Step, first: number, count: number): StepInput[] {
  const firstInputs = step.inputs(first);
  if (count === 1) return [...firstInputs];
  const all = firstInputs.map(({ shape, values }) => ({
    shape,
    values:
      values instanceof Int32Array ? new Int32Array(values.length * count) : new Float32Array(values.length * count),
  }));
  for (let i = 0; i < count; i++) {
    const inputs = i === 0 ? firstInputs : step.inputs(first + i);
    for (const [k, { values }] of inputs.entries()) all[k]?.values.set(values, i * values.length);
  }
  return all;
}
