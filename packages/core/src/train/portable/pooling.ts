import type { PlannedActivation } from './activations.ts';
import { type Pictures, planPictures } from './pictures.ts';
import { type MemoryPlan, ROWS } from './plan.ts';
import type { Program } from './program.ts';

/** Pooling after an activation: means of 2 x 2, or maxima of overlapping 3 x 3, with stride 2. */
export interface Pooling {
  readonly pooled: Pictures;
  /** Where the gradient with respect to `pooled` is written. */
  readonly gradientOfPooled: Pictures;
  /** Where the gradient with respect to the activation's input is after the backward pass. */
  readonly gradientOfInput: Pictures;
  forward(program: Program): void;
  backward(program: Program): void;
}

interface PoolingOf {
  /** The activation's output. */
  readonly output: Pictures;
  readonly act: PlannedActivation;
  /** The columns of zeros that the next layer needs on each side. */
  readonly padding: number;
}

export function planPooling(
  plan: MemoryPlan,
  kind: 'average' | 'max',
  { output, act, padding }: PoolingOf,
  panels: number,
): Pooling {
  const { channels, height, width, row, channel, panel } = output.layout;
  const after = (side: number) => (kind === 'average' ? side >> 1 : ((side - 3) >> 1) + 1);
  const size = { channels, height: after(height), width: after(width) };
  const pooled = planPictures(plan, size, padding, panels);
  const gradientOfPooled = planPictures(plan, size, 0, panels);
  // The gradient of means does not read the input: it may replace it, unless the derivative is computed from the input.
  const gradientOfInput =
    kind === 'average' ? output : planPictures(plan, output.layout, output.layout.padding, panels);
  const which = kind === 'max' ? [plan.words(panels * ROWS * channels * size.height * size.width).at] : [];
  const shape = (to: Pictures) => [
    ...[channels, size.height, size.width, row, channel, panel],
    ...[to.layout.row, to.layout.channel, to.layout.panel],
  ];
  return {
    pooled,
    gradientOfPooled,
    gradientOfInput,
    forward: (program) =>
      program.op(kind === 'average' ? 'average' : 'maximum', output.at, pooled.at, ...shape(pooled), ...which),
    backward: (program) =>
      program.op(
        kind === 'average' ? 'averageBack' : 'maximumBack',
        ...[gradientOfInput.at, gradientOfPooled.at, ...shape(gradientOfPooled)],
        ...[height, width, act.slope, act.slopeAt + output.layout.first, ...which],
      ),
  };
}
