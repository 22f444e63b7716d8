import { type IdOf, idsOf } from '../kind.ts';
import { elu } from './elu.ts';
import { gelu } from './gelu.ts';
import { leakyRelu } from './leaky-relu.ts';
import { linear } from './linear.ts';
import { relu } from './relu.ts';
import { sigmoid } from './sigmoid.ts';
import { softplus } from './softplus.ts';
import { swish } from './swish.ts';
import { tanh } from './tanh.ts';

export const ACTIVATIONS = {
  linear,
  sigmoid,
  tanh,
  relu,
  'leaky-relu': leakyRelu,
  elu,
  gelu,
  swish,
  softplus,
} as const;

export type ActivationId = IdOf<typeof ACTIVATIONS>;
export const ACTIVATION_IDS = idsOf(ACTIVATIONS);
