import type { Kind } from '../kind.ts';
import { stable } from './fields.ts';

export const softmaxCrossEntropy = {
  id: 'softmax-cross-entropy',
  label: 'softmax cross-entropy',
  otherNames: [
    'cross entropy',
    'xent',
    'ce',
    'softmax',
    'log loss',
    'nll',
    'negative log likelihood',
    'categorical cross entropy',
    'sparse categorical cross entropy',
    'softmax cross entropy with logits',
  ],
  fields: { stable },
} as const satisfies Kind;
