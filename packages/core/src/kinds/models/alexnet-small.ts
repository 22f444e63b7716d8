import type { Kind } from '../kind.ts';
import { activation, dense, dropout, filters, init, pooling } from './fields.ts';

/** After Krizhevsky et al. 2012, with AlexNet's activation, pooling and dropout, and widths that one core can train. */
export const alexnetSmall = {
  id: 'alexnet-small',
  label: 'small AlexNet',
  otherNames: ['alexnet'],
  fields: {
    activation: activation.default('relu'),
    pooling: pooling.default('max'),
    filters: filters.default([8, 24, 32, 32, 24]),
    dense: dense.default([256, 256]),
    dropout: dropout.default(0.5),
    init: init.default('pytorch'),
  },
} as const satisfies Kind;
