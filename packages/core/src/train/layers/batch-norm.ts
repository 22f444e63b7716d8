import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { BATCH_NORM_EPS, BATCH_NORM_MOMENTUM } from './batch-norm-constants.ts';
import { type CallArguments, type CallInputs, only, type Shape } from './layers.ts';

/**
 * Batch normalisation (Ioffe and Szegedy 2015) of [batch, units] with the arithmetic of torch.nn.BatchNorm1d: in
 * training by the mean and variance of the batch, which the running ones follow; in inference by the running ones.
 */
export class BatchNorm extends tfl.layers.Layer {
  static readonly className = 'WhorlBatchNorm';
  #scale: tfl.LayerVariable | undefined;
  #shift: tfl.LayerVariable | undefined;
  #mean: tfl.LayerVariable | undefined;
  #variance: tfl.LayerVariable | undefined;

  constructor() {
    super({});
  }

  override build(inputShape: Shape): void {
    const units = [inputShape.at(-1) as number];
    const weight = (name: string, start: 'zeros' | 'ones', trainable: boolean) =>
      this.addWeight(name, units, 'float32', tfl.initializers[start](), undefined, trainable);
    this.#scale = weight('scale', 'ones', true);
    this.#shift = weight('shift', 'zeros', true);
    this.#mean = weight('running_mean', 'zeros', false);
    this.#variance = weight('running_variance', 'ones', false);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override call(inputs: CallInputs, { training }: CallArguments): tf.Tensor {
    const x = only(inputs);
    const [scale, shift, runningMean, runningVariance] = [this.#scale, this.#shift, this.#mean, this.#variance];
    if (!scale || !shift || !runningMean || !runningVariance) throw new Error('batch norm: expected to be built');
    const normalise = (mean: tf.Tensor, variance: tf.Tensor) =>
      tf.add(tf.mul(tf.sub(x, mean), tf.mul(scale.read(), tf.rsqrt(tf.add(variance, BATCH_NORM_EPS)))), shift.read());
    if (!training) return normalise(runningMean.read(), runningVariance.read());
    const mean = tf.mean(x, 0);
    const variance = tf.mean(tf.square(tf.sub(x, mean)), 0);
    const rows = x.shape[0] as number;
    // As in torch, the running variance follows the unbiased variance. A batch of one row has none; PyTorch refuses
    // such a batch.
    const unbiased = tf.mul(variance, rows / Math.max(1, rows - 1));
    follow(runningMean, mean);
    follow(runningVariance, unbiased);
    return normalise(mean, variance);
  }
}

function follow(running: tfl.LayerVariable, seen: tf.Tensor): void {
  const before = running.read();
  running.write(tf.add(before, tf.mul(tf.sub(seen, before), BATCH_NORM_MOMENTUM)));
}
