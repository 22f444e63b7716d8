import type { OptimizerId } from '../../kinds/optimizers/index.ts';
import { adagradRule } from './adagrad.ts';
import { adamRule, adamwRule } from './adam.ts';
import { momentumRule, nesterovRule } from './momentum.ts';
import { rmspropRule } from './rmsprop.ts';
import type { RuleOf } from './rule.ts';
import { sgdRule } from './sgd.ts';

/** The arithmetic of every optimizer, under the id of its kind. */
export const RULES = {
  sgd: sgdRule,
  momentum: momentumRule,
  nesterov: nesterovRule,
  rmsprop: rmspropRule,
  adagrad: adagradRule,
  adam: adamRule,
  adamw: adamwRule,
} satisfies { [N in OptimizerId]: RuleOf<N> };
