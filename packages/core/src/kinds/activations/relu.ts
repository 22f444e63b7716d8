import type { ActivationKind } from './activation-kind.ts';

export const relu = {
  id: 'relu',
  label: 'ReLU',
  formula: '\\max(0, x)',
  otherNames: ['rectifier', 'rectified linear', 'ramp'],
  fields: {},
  facts: { f: (x) => Math.max(0, x) },
} as const satisfies ActivationKind;
