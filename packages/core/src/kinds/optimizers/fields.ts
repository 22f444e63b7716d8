import { z } from 'zod';

export const lr = z.number().positive().max(1e6).describe('learning rate');

export const weightDecay = z
  .number()
  .min(0)
  .max(1e6)
  .describe('L2 penalty, added to the gradient as in PyTorch (adamw: taken off the weights)');

export const momentumField = z.number().min(0).lt(1).describe('share of the last step that is taken again');

/**
 * The fields of all optimizers. Defaults: the rate of PyTorch's Adam, and no decay, as throughout torch.optim except
 * AdamW.
 */
export const plain = { lr: lr.default(1e-3), weightDecay: weightDecay.default(0) };

/** The default momentum is that of Krizhevsky et al. 2012 and most papers since. */
export const withMomentum = { ...plain, momentum: momentumField.default(0.9) };
