import type { OptimizerId } from '../../kinds/optimizers/index.ts';
import { adagrad } from './adagrad.ts';
import { adam, adamw } from './adam.ts';
import { momentum, nesterov } from './momentum.ts';
import { rmsprop } from './rmsprop.ts';
import type { RuleOf } from './rule.ts';
import { sgd } from './sgd.ts';

/** The arithmetic of every optimizer that there is. */
export const RULES = {
  sgd,
  momentum,
  nesterov,
  rmsprop,
  adagrad,
  adam,
  adamw,
} satisfies { [N in OptimizerId]: RuleOf<N> };
