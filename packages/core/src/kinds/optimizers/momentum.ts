import { withMomentum } from './fields.ts';
import type { OptimizerKind } from './optimizer-kind.ts';

export const momentum = {
  id: 'momentum',
  label: 'SGD with momentum',
  otherNames: ['sgd + momentum', 'sgdm', 'msgd', 'heavy ball'],
  fields: withMomentum,
  facts: { slots: 1 },
} as const satisfies OptimizerKind;
