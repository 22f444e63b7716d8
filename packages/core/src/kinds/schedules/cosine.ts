import type { Kind } from '../kind.ts';

export const cosine = {
  id: 'cosine',
  label: 'cosine',
  otherNames: ['cosine annealing', 'cosine annealing lr', 'cosine decay', 'cos'],
  fields: {},
} as const satisfies Kind;
