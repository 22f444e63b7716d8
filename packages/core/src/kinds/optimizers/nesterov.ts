import { withMomentum } from './fields.ts';
import type { OptimizerKind } from './optimizer-kind.ts';

export const nesterov = {
  id: 'nesterov',
  label: 'Nesterov momentum',
  otherNames: ['nag', 'sgd with nesterov', 'sgd nesterov', 'nesterov accelerated gradient'],
  fields: withMomentum,
  facts: { slots: 1 },
} as const satisfies OptimizerKind;
