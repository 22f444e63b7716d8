import type { Kind } from '../kind.ts';
import { factor } from './fields.ts';

export const exponential = {
  id: 'exponential',
  label: 'exponential',
  otherNames: ['exp', 'exponential lr', 'exponential decay'],
  fields: { factor: factor.default(0.99) }, // halves the rate in 69 epochs
} as const satisfies Kind;
