import type { ActivationKind } from './activation-kind.ts';

export const tanh = {
  id: 'tanh',
  label: 'tanh',
  formula: '\\tanh x',
  otherNames: ['hyperbolic tangent', 'tansig'],
  fields: {},
  facts: { f: Math.tanh },
} as const satisfies ActivationKind;
