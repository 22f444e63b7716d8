import type { ActivationKind } from './activation-kind.ts';

export const elu = {
  id: 'elu',
  label: 'ELU',
  formula: 'x \\text{ if } x > 0 \\text{ else } e^x - 1',
  otherNames: ['exponential linear'],
  fields: {},
  facts: { f: (x) => (x > 0 ? x : Math.expm1(x)) },
} as const satisfies ActivationKind;
