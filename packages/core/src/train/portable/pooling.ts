import type { PlannedActivation } from './activations.ts';
import { type Pictures, planPictures } from './pictures.ts';
import { type MemoryPlan, ROWS } from './plan.ts';
import type { Program } from './program.ts';

/** Pooling behind an activation: means of 2 x 2, or maxima of 3 x 3 that overlap, with stride 2. */
export interface Pooling {
  readonly pooled: Pictures;
  /** Where the gradient over `pooled` is to stand. */
  readonly gradientOfPooled: Pictures;
  /** Where the gradient over what the activation was given stands behind the way back. */
  readonly gradientOfInput: Pictures;
  forward(program: Program): void;
  backward(program: Program): void;
}

interface PoolingOf {
  /** What the activation gives. */
  readonly output: Pictures;
  readonly act: PlannedActivation;
  /** Columns of zeros that the next layer needs on either side. */
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
  // Means need nothing of what they were of: their gradient may stand there, unless the derivative is read from there.
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
