import { plain } from './fields.ts';
import type { OptimizerKind } from './optimizer-kind.ts';

export const sgd = {
  id: 'sgd',
  label: 'SGD',
  otherNames: ['gd', 'gradient descent', 'stochastic gradient descent', 'vanilla'],
  fields: plain,
  facts: { slots: 0 },
} as const satisfies OptimizerKind;
