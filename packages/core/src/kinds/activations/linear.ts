import type { ActivationKind } from './activation-kind.ts';

export const linear = {
  id: 'linear',
  label: 'linear',
  formula: 'x',
  otherNames: ['identity', 'none', 'id'],
  fields: {},
  facts: { f: (x) => x },
} as const satisfies ActivationKind;
