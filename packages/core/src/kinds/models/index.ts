import { alexnetSmall } from './alexnet-small.ts';
import { lenet } from './lenet.ts';
import { mlp } from './mlp.ts';

export const MODELS = {
  mlp,
  lenet,
  'alexnet-small': alexnetSmall,
} as const;
