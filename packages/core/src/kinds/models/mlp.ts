import { z } from 'zod';
import type { Kind } from '../kind.ts';
import { activation, dropout, hidden, init } from './fields.ts';

export const mlp = {
  id: 'mlp',
  label: 'MLP',
  otherNames: ['dense', 'fc', 'fully connected', 'feedforward', 'ffn', 'multilayer perceptron', 'perceptron', 'nn'],
  fields: {
    hidden: hidden.default([100]), // the course's network
    activation: activation.default('relu'),
    block: z
      .enum(['plain', 'residual', 'batch-norm', 'residual-batch-norm'])
      .default('plain')
      .describe('residual: a hidden layer adds its input, where both are as wide; batch-norm: before its activation'),
    init: init.default('pytorch'),
    dropout: dropout.default(0),
  },
} as const satisfies Kind;
