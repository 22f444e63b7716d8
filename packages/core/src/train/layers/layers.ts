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

/** The only input tensor of a layer. */
export const only = (inputs: CallInputs): tf.Tensor => (Array.isArray(inputs) ? (inputs[0] as tf.Tensor) : inputs);

/** A registered activation function as a layer. */
export class ActivationLayer extends tfl.layers.Layer {
  static readonly className = 'WhorlActivation';
  readonly activation: ActivationId;
  /** Whether the output is kept for a probe. */
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

  /** The output kept while watched; the caller disposes it. */
  takeSeen(): tf.Tensor {
    const seen = this.#seen;
    if (!seen) throw new Error('activation: expected a watched pass before its values are taken');
    this.#seen = undefined;
    return seen;
  }
}

/** Runs a forward pass in which each of the layers keeps its output. */
export function watching<T>(layers: readonly ActivationLayer[], forward: () => T): T {
  for (const layer of layers) layer.watched = true;
  try {
    return forward();
  } finally {
    for (const layer of layers) layer.watched = false;
  }
}

/**
 * Inverted dropout (as torch.nn.Dropout) with a given mask: a mask drawn by TF.js would come from no stream of the
 * seed, and would be frozen into a compiled step.
 */
export class MaskedDropout extends tfl.layers.Layer {
  static readonly className = 'WhorlMaskedDropout';
  /** [batch, units]: 0 where a unit is dropped, 1 / (1 - rate) elsewhere. Set for the duration of a step. */
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

  /** The mask at a step. */
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
