import type { OptimizerConfig } from '../../config/schema.ts';
import type { Vectors } from './network.ts';
import type { MemoryPlan } from './plan.ts';
import { bitsOf, type Program } from './program.ts';

/** Vectors as long as the parameters that an optimizer keeps from step to step. */
const SLOTS: Record<OptimizerConfig['name'], number> = {
  sgd: 0,
  momentum: 1,
  nesterov: 1,
  rmsprop: 1,
  adagrad: 1,
  adam: 2,
  adamw: 2,
};

/** One pass over all parameters; scalars: what core's optimizer reads of each step, each with the bytes to the next step's. */
export type Update = (program: Program, scalars: readonly (readonly [at: number, stride: number])[]) => void;

export function planOptimizer(config: OptimizerConfig, plan: MemoryPlan, { w, g }: Vectors): Update {
  const slots = Array.from({ length: SLOTS[config.name] }, () => plan.words(w.length).at);
  const vectors = [w.at, g.at, ...slots, w.length];
  const decay = bitsOf(config.weightDecay);
  return (program, scalars) => {
    const ofStep = scalars.flat();
    switch (config.name) {
      case 'sgd':
      case 'rmsprop':
      case 'adagrad':
        return program.op(config.name, ...vectors, decay, ...ofStep);
      case 'momentum':
      case 'nesterov': {
        const nesterov = Number(config.name === 'nesterov');
        return program.op('momentum', ...vectors, decay, bitsOf(config.momentum), nesterov, ...ofStep);
      }
      case 'adam':
        return program.op('adam', ...vectors, decay, 0, ...ofStep);
      case 'adamw':
        return program.op('adam', ...vectors, bitsOf(0), 1, ...ofStep);
    }
  };
}
