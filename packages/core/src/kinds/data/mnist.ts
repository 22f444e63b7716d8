import { z } from 'zod';
import { divideDigits } from '../../data/mnist.ts';
import { dataKindRead } from './data-kind.ts';

export const mnist = dataKindRead({
  id: 'mnist',
  label: 'MNIST',
  otherNames: ['digits'],
  fields: {
    n: z.int().min(10).max(8000).default(8000).describe('digits to train on'), // all that are not for testing
    augment: z
      .enum(['none', 'shift'])
      .default('none')
      .describe('shift: in every step each digit is moved by up to 2 pixels in both directions'),
  },
  facts: { planar: false },
  read: async ({ n }, rng, sources) => ({ ...divideDigits(await sources.mnist(), n, rng), outline: null }),
});
