import type { ActivationKind } from './activation-kind.ts';

export const swish = {
  id: 'swish',
  label: 'swish',
  formula: '\\frac{x}{1 + e^{-x}}',
  otherNames: ['silu', 'sil', 'swish-1', 'sigmoid linear'],
  fields: {},
  facts: { f: (x) => x / (1 + Math.exp(-x)) },
} as const satisfies ActivationKind;
