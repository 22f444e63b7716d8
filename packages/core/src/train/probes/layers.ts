import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ActivationLayer, watching } from '../layers/layers.ts';
import { kernelLayers } from '../models/init.ts';
import { layerMeasures } from './layer-measures.ts';

/** Measures what passes forward and backward through each layer, at every step. */
export interface LayerProbe {
  /** The names of layer-measures.ts. */
  readonly measures: readonly string[];
  /**
   * `gradientRatio`: the first layer's gradient norm as a share of the last layer's. Near 0 where gradients vanish on
   * their way to the input.
   */
  ratio(measured: Readonly<Record<string, number>>): number;
  /** Runs a forward pass and keeps the output of each activation function. */
  watch<T>(forward: () => T): T;
  /** The numbers of the last watched pass, in the order of `measures`; frees what was kept. */
  measure(gradients: tf.NamedTensorMap): tf.Scalar[];
}

/**
 * The mean of all elements, column by column first: WASM adds them one by one, and 300,000 addends are too many for
 * float32.
 */
const meanOf = (rows: tf.Tensor): tf.Scalar => tf.mean(tf.mean(rows, 0));

/**
 * The L2 norm of some tensors together, in units of their largest element: in float32 the square of 1e-20 would be 0.
 */
function normOf(tensors: readonly tf.Tensor[]): tf.Scalar {
  const largest = tf.max(tf.stack(tensors.map((tensor) => tf.max(tf.abs(tensor)))));
  const scale = tf.maximum(largest, 1e-30);
  const squares = tensors.map((tensor) => tf.sum(tf.square(tf.div(tensor, scale))));
  return tf.mul(scale, tf.sqrt(tf.addN(squares)));
}

/** A probe of the layers that have a kernel. Normalisation belongs to the layer before it and is not counted. */
export function layerProbe(model: LayersModel): LayerProbe {
  const weighted = kernelLayers(model);
  const variables = weighted.map((layer) =>
    layer.trainableWeights.map((weight) => (weight as unknown as { val: tf.Variable }).val),
  );
  const activations = model.layers.filter((layer) => layer instanceof ActivationLayer);
  return {
    measures: layerMeasures(weighted.length, activations.length),
    ratio: (measured) => (measured['gradientNorm.1'] ?? 0) / (measured[`gradientNorm.${weighted.length}`] ?? 0),
    watch: (forward) => watching(activations, forward),
    measure: (gradients) => {
      const norms = variables.map((of) => normOf(of.map(({ name }) => gradients[name] as tf.Tensor)));
      const seen = activations.flatMap((layer) => {
        const kept = layer.takeSeen();
        const rows = tf.reshape(kept, [-1, kept.shape.at(-1) as number]);
        const mean = meanOf(rows);
        const std = tf.sqrt(meanOf(tf.square(tf.sub(rows, mean)))) as tf.Scalar;
        const dead = tf.mean(tf.cast(tf.lessEqual(tf.max(rows, 0), 0), 'float32')) as tf.Scalar;
        kept.dispose();
        return [mean, std, dead];
      });
      return [...norms, ...seen];
    },
  };
}
