import type { ActivationKind } from './activation-kind.ts';

export const softplus = {
  id: 'softplus',
  label: 'softplus',
  formula: '\\log(1 + e^x)',
  otherNames: ['smooth relu', 'soft relu'],
  fields: {},
  facts: { f: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) },
} as const satisfies ActivationKind;
