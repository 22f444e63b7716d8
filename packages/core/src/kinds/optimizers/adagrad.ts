import { plain } from './fields.ts';
import type { OptimizerKind } from './optimizer-kind.ts';

export const adagrad = {
  id: 'adagrad',
  label: 'AdaGrad',
  fields: plain,
  facts: { slots: 1 },
} as const satisfies OptimizerKind;
