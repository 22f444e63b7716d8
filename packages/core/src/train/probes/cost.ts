import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { kernelLayers } from '../models/init.ts';

/** What a model and its optimizer cost. */
export interface Cost {
  /** How many numbers are trained. */
  readonly parameters: number;
  /**
   * Floating-point operations of the forward pass of one row: two for each multiplication in a dense or convolutional
   * layer.
   */
  readonly flops: number;
  /** The bytes that the optimizer keeps beside the weights. */
  readonly optimizerBytes: number;
}

const sizeOf = (variables: readonly tf.Variable[]): number => variables.reduce((sum, { size }) => sum + size, 0);

export function costOf(model: LayersModel, trainable: readonly tf.Variable[], slots: readonly tf.Variable[]): Cost {
  const flops = kernelLayers(model).map((layer) => {
    const kernel = layer.weights[0]?.shape ?? [];
    // A convolution's kernel is applied at each place of [batch, height, width, filters]; a dense one once.
    const places = (layer.outputShape as (number | null)[])
      .slice(1, -1)
      .reduce<number>((n, side) => n * (side ?? 1), 1);
    return 2 * places * kernel.reduce<number>((product, side) => product * (side ?? 1), 1);
  });
  return {
    parameters: sizeOf(trainable),
    flops: flops.reduce((sum, of) => sum + of, 0),
    optimizerBytes: 4 * sizeOf(slots),
  };
}
