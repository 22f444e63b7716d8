import type { Kind } from '../kind.ts';

export const constant = {
  id: 'constant',
  label: 'constant',
  otherNames: ['none', 'fixed', 'off'],
  fields: {},
} as const satisfies Kind;
