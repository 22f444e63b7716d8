import type { Kind } from '../kind.ts';
import { activation, dense, dropout, filters, init, pooling } from './fields.ts';

/** LeCun et al. 1998: the defaults are LeNet-5's. */
export const lenet = {
  id: 'lenet',
  label: 'LeNet',
  otherNames: ['lenet-5', 'cnn', 'convnet'],
  fields: {
    activation: activation.default('tanh'),
    pooling: pooling.default('average'),
    filters: filters.default([6, 16]),
    dense: dense.default([120, 84]),
    dropout: dropout.default(0),
    init: init.default('pytorch'),
  },
} as const satisfies Kind;
