import type { Batch, Planning } from './network.ts';
import { addressIn } from './parameters.ts';
import type { Part } from './plan.ts';
import type { Program } from './program.ts';

/** Batch normalisation of [panel][unit][8], with all panels of a step in one block. */
export interface PlannedBatchNorm {
  /** What it normalises. */
  readonly input: Part;
  /** The running mean and variance. */
  readonly running: readonly [mean: Part, variance: Part];
  forward(program: Program, batch: Batch): void;
  /** In place: the gradient replaces the output. */
  backward(program: Program, batch: Batch): void;
}

/** @param output where the output is written */
export function planBatchNorm({ plan, parameters, vectors }: Planning, units: number, output: Part): PlannedBatchNorm {
  const [scale, shift] = [parameters.add(units), parameters.add(units)];
  const [input, hat] = [plan.words(output.length), plan.words(output.length)];
  const [mean, variance, inverse] = [plan.words(units), plan.words(units), plan.words(units)];
  return {
    input,
    running: [mean, variance],
    forward: (program, { rows, labels }) => {
      const { w } = vectors();
      const weights = [addressIn(w, scale), addressIn(w, shift)];
      program.op(
        'batchNorm',
        ...[input.at, labels.at, hat.at, output.at, units],
        ...weights,
        ...[mean.at, variance.at, inverse.at, rows],
      );
    },
    backward: (program, { rows, labels }) => {
      const { w, g } = vectors();
      program.op(
        'batchNormBack',
        ...[output.at, labels.at, hat.at, units, addressIn(w, scale), inverse.at],
        ...[addressIn(g, scale), addressIn(g, shift), rows],
      );
    },
  };
}
