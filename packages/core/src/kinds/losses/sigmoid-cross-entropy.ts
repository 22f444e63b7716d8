import type { Kind } from '../kind.ts';
import { stable } from './fields.ts';

export const sigmoidCrossEntropy = {
  id: 'sigmoid-cross-entropy',
  label: 'sigmoid cross-entropy',
  otherNames: ['bce', 'binary cross entropy', 'bce with logits', 'sigmoid', 'logistic'],
  fields: { stable },
} as const satisfies Kind;
