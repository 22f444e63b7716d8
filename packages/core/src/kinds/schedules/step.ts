import { z } from 'zod';
import type { Kind } from '../kind.ts';
import { factor } from './fields.ts';

export const step = {
  id: 'step',
  label: 'step',
  otherNames: ['step lr', 'step decay', 'multistep'],
  fields: {
    every: z.int().min(1).max(10_000_000).default(30).describe('epochs'), // PyTorch's ImageNet example: a tenth every 30 epochs
    factor: factor.default(0.1),
  },
} as const satisfies Kind;
