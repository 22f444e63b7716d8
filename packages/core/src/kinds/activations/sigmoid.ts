import type { ActivationKind } from './activation-kind.ts';

export const sigmoid = {
  id: 'sigmoid',
  label: 'sigmoid',
  formula: '\\frac{1}{1 + e^{-x}}',
  otherNames: ['logistic', 'sigm', 'logsig'],
  fields: {},
  facts: { f: (x) => 1 / (1 + Math.exp(-x)) },
} as const satisfies ActivationKind;
