import type { IdOf } from '../kind.ts';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { momentum } from './momentum.ts';
import { nesterov } from './nesterov.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

/** A new optimizer is one file and one line here, and under its id one file and one line in train/optimizers. */
export const OPTIMIZERS = {
  sgd,
  momentum,
  nesterov,
  rmsprop,
  adagrad,
  adam,
  adamw,
} as const;

export type OptimizerId = IdOf<typeof OPTIMIZERS>;
