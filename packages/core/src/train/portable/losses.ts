import type { LossConfig } from '../../config/schema.ts';
import type { Batch } from './network.ts';
import { ofKind } from './of-kind.ts';
import type { Part } from './plan.ts';
import { bitsOf, type Program } from './program.ts';

/** The kernel of a loss, and over how many losses a row its mean is. */
interface LossKernel {
  readonly op: Parameters<Program['op']>[0];
  readonly ofRow: (classes: number) => number;
  /** Arguments beside those that all losses take. */
  readonly more?: readonly number[];
}

const one = () => 1;
const each = (classes: number) => classes;

type KernelOf<C extends LossConfig> = (config: C) => LossKernel;

const KERNELS = {
  'softmax-cross-entropy': ({ stable }) => ({
    op: stable ? 'softmaxCrossEntropy' : 'naiveSoftmaxCrossEntropy',
    ofRow: one,
  }),
  'sigmoid-cross-entropy': ({ stable }) => ({
    op: stable ? 'sigmoidCrossEntropy' : 'naiveSigmoidCrossEntropy',
    ofRow: each,
  }),
  'softmax-squared-error': ({ stable }) => ({ op: 'softmaxSquaredError', ofRow: each, more: [Number(stable)] }),
  'squared-error': () => ({ op: 'squaredError', ofRow: each }),
} satisfies { [N in LossConfig['name']]?: KernelOf<Extract<LossConfig, { name: N }>> };

/** The loss of a block's logits, which the gradient replaces, and the mean over the step. */
export interface PlannedLoss {
  /** @param scratch [panels][8] */
  back(program: Program, batch: Batch, bytesOfBlock: number): void;
  /** Writes loss and accuracy to `out`, which moves on with every step. */
  measure(program: Program, batch: Batch, out: readonly [at: number, stride: number]): void;
}

export function planLoss(config: LossConfig, classes: number, logits: Part, scratch: Part): PlannedLoss {
  const { op, ofRow, more = [] } = ofKind<KernelOf<never>>(KERNELS, 'loss', config.name)(config as never);
  return {
    back: (program, { rows, labels }, bytesOfBlock) =>
      program.op(
        op,
        ...[logits.at, labels.at, bytesOfBlock, classes, bitsOf(1 / (rows * ofRow(classes))), scratch.at],
        ...more,
      ),
    measure: (program, { rows }, out) => program.op('measure', ...out, rows, ofRow(classes)),
  };
}
