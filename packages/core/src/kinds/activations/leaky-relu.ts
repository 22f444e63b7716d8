import type { ActivationKind } from './activation-kind.ts';

/** PyTorch's default (torch/nn/modules/activation.py). */
export const LEAKY_RELU_SLOPE = 0.01;

export const leakyRelu = {
  id: 'leaky-relu',
  label: 'leaky ReLU',
  formula: '\\max(0.01 x, x)',
  otherNames: ['lrelu', 'leaky', 'leaky rectifier'],
  fields: {},
  facts: { f: (x) => Math.max(LEAKY_RELU_SLOPE * x, x) },
} as const satisfies ActivationKind;
