import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { ActivationId } from '../../kinds/activations/index.ts';
import type { Rng } from '../../random/rng.ts';
import { dropoutMask } from '../batches/dropout-mask.ts';
import type { StepInput } from '../batches/step-input.ts';
import { activate } from './activations.ts';

export type Shape = (null | number)[];
export type CallInputs = tf.Tensor | tf.Tensor[];
export type CallArguments = Parameters<tfl.layers.Layer['call']>[1];

/** The one tensor that a layer is given. */
export const only = (inputs: CallInputs): tf.Tensor => (Array.isArray(inputs) ? (inputs[0] as tf.Tensor) : inputs);

/** An activation function of the registry as a layer. */
export class ActivationLayer extends tfl.layers.Layer {
  static readonly className = 'WhorlActivation';
  readonly activation: ActivationId;
  /** Whether what it gives is kept for a probe. */
  watched = false;
  #seen: tf.Tensor | undefined;

  constructor(activation: ActivationId) {
    super({});
    this.activation = activation;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override call(inputs: CallInputs): tf.Tensor {
    const y = activate(this.activation, only(inputs));
    if (this.watched) this.#seen = tf.keep(tf.clone(y));
    return y;
  }

  /** What it gave while it was watched; the caller disposes it. */
  takeSeen(): tf.Tensor {
    const seen = this.#seen;
    if (!seen) throw new Error('activation: expected a watched pass before its values are taken');
    this.#seen = undefined;
    return seen;
  }
}

/** Runs a forward pass and lets each of the layers keep what it gives. */
export function watching<T>(layers: readonly ActivationLayer[], forward: () => T): T {
  for (const layer of layers) layer.watched = true;
  try {
    return forward();
  } finally {
    for (const layer of layers) layer.watched = false;
  }
}

/**
 * Inverted dropout (as torch.nn.Dropout) whose mask is given: a mask that TF.js drew itself would come from no stream
 * of the seed, and be frozen into a compiled step.
 */
export class MaskedDropout extends tfl.layers.Layer {
  static readonly className = 'WhorlMaskedDropout';
  /** [batch, units]: 0 where a unit is dropped, 1 / (1 - rate) elsewhere. Set for the length of a step. */
  mask: tf.Tensor | undefined;
  readonly #rate: number;
  readonly #rng: Rng;
  #units = 0;

  constructor(rate: number, rng: Rng) {
    super({});
    this.#rate = rate;
    this.#rng = rng;
  }

  override build(inputShape: Shape): void {
    this.#units = inputShape[1] as number;
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  /** The mask of a step. */
  draw(step: number, batch: number): StepInput {
    return dropoutMask(this.#rng, this.#rate, step, batch, this.#units);
  }

  override call(inputs: CallInputs, { training }: CallArguments): tf.Tensor {
    const x = only(inputs);
    if (!training) return x;
    if (!this.mask) throw new Error('dropout: expected a mask to train with');
    return tf.mul(x, this.mask);
  }
}
