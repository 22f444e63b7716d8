import type { OptimizerConfig } from '../../config/schema.ts';
import { OPTIMIZERS } from '../../kinds/optimizers/index.ts';
import type { Vectors } from './network.ts';
import { ofKind } from './of-kind.ts';
import type { MemoryPlan } from './plan.ts';
import { bitsOf, type Program } from './program.ts';

/** The kernel of an optimizer, and its arguments between the vectors and the scalars of a step. */
interface UpdateKernel {
  readonly op: Parameters<Program['op']>[0];
  readonly words: readonly number[];
}
type KernelOf<C extends OptimizerConfig> = (config: C) => UpdateKernel;

/** A kernel that has the optimizer's name and takes its weight decay. */
const plain: KernelOf<Extract<OptimizerConfig, { name: 'sgd' | 'rmsprop' | 'adagrad' }>> = ({ name, weightDecay }) => ({
  op: name,
  words: [bitsOf(weightDecay)],
});

const withMomentum: KernelOf<Extract<OptimizerConfig, { name: 'momentum' | 'nesterov' }>> = ({
  name,
  weightDecay,
  momentum,
}) => ({ op: 'momentum', words: [bitsOf(weightDecay), bitsOf(momentum), Number(name === 'nesterov')] });

const KERNELS = {
  sgd: plain,
  momentum: withMomentum,
  nesterov: withMomentum,
  rmsprop: plain,
  adagrad: plain,
  adam: ({ weightDecay }) => ({ op: 'adam', words: [bitsOf(weightDecay), 0] }),
  adamw: () => ({ op: 'adam', words: [bitsOf(0), 1] }), // its decay is one of the scalars
} satisfies { [N in OptimizerConfig['name']]?: KernelOf<Extract<OptimizerConfig, { name: N }>> };

/**
 * One pass over all parameters. `scalars` are those of train/optimizers/scalars.ts, each with the distance in bytes to
 * the next step's.
 */
export type Update = (program: Program, scalars: readonly (readonly [at: number, stride: number])[]) => void;

export function planOptimizer(config: OptimizerConfig, plan: MemoryPlan, { w, g }: Vectors): Update {
  const { op, words } = ofKind<KernelOf<never>>(KERNELS, 'optimizer', config.name)(config as never);
  const slots = Array.from({ length: OPTIMIZERS[config.name].facts.slots }, () => plan.words(w.length).at);
  return (program, scalars) => program.op(op, w.at, g.at, ...slots, w.length, ...words, ...scalars.flat());
}
