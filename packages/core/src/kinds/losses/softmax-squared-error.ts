import type { Kind } from '../kind.ts';
import { stable } from './fields.ts';

export const softmaxSquaredError = {
  id: 'softmax-squared-error',
  label: 'softmax squared error',
  otherNames: ['brier', 'brier score', 'softmax mse'],
  fields: { stable },
} as const satisfies Kind;
