import { plain } from './fields.ts';
import type { OptimizerKind } from './optimizer-kind.ts';

export const rmsprop = {
  id: 'rmsprop',
  label: 'RMSProp',
  otherNames: ['rms'],
  fields: plain,
  facts: { slots: 1 },
} as const satisfies OptimizerKind;
