import { z } from 'zod';
import { divideDigits, permutedPixels } from '../../data/mnist.ts';
import { dataKindRead } from './data-kind.ts';

export const mnist = dataKindRead({
  id: 'mnist',
  label: 'MNIST',
  otherNames: ['digits'],
  fields: {
    n: z.int().min(10).max(8000).default(8000).describe('digits to train on'), // every digit that is not for testing
    augment: z
      .enum(['none', 'shift'])
      .default('none')
      .describe('shift: in every step each digit is moved by up to 2 pixels in both directions'),
    permuted: z
      .literal(true)
      .optional() // without a default: it would change the hash of configs made before the field existed
      .describe('true: the pixels of all digits in one other order, another one for each seed'),
  },
  facts: { planar: false },
  read: async ({ n, permuted }, rng, sources) => {
    const divided = divideDigits(await sources.mnist(), n, rng);
    return { ...(permuted ? permutedPixels(divided, rng.split('pixels')) : divided), outline: null };
  },
});
