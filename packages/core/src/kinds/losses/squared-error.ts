import type { Kind } from '../kind.ts';

export const squaredError = {
  id: 'squared-error',
  label: 'squared error',
  otherNames: ['mse', 'mean squared error', 'mean square error', 'l2', 'quadratic', 'least squares', 'rmse'],
  fields: {},
} as const satisfies Kind;
