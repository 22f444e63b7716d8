import { plain } from './fields.ts';
import type { OptimizerKind } from './optimizer-kind.ts';

export const adam = {
  id: 'adam',
  label: 'Adam',
  fields: plain,
  facts: { slots: 2 },
} as const satisfies OptimizerKind;
