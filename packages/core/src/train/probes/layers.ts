import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ActivationLayer } from '../layers.ts';

/** Looks at what goes forward and back through each layer, in every step. */
export interface LayerProbe {
  /**
   * The numbers that it adds to a step's, layers counted from 1 at the input: `gradientNorm.N`, the L2 norm of the loss's
   * gradient by the layer's weights, without weight decay; and behind each hidden layer's activation function
   * `activationMean.N`, `activationStd.N` (divided by the count, not count - 1) and `deadUnits.N`, the share of its
   * units (a convolution's channels) that are above 0 for no row of the batch.
   */
  readonly measures: readonly string[];
  /** Runs a forward pass and keeps what each activation function gave. */
  watch<T>(forward: () => T): T;
  /** The numbers of the last watched pass, in the order of `measures`; frees what was kept. */
  measure(gradients: tf.NamedTensorMap): tf.Scalar[];
}

/** The mean of all elements, column by column first: WASM adds up one by one, and 300,000 addends are too many for float32. */
const meanOf = (rows: tf.Tensor): tf.Scalar => tf.mean(tf.mean(rows, 0));

/** A probe of the layers that have a kernel. Normalisation belongs to the layer before it and is not counted. */
export function layerProbe(model: LayersModel): LayerProbe {
  const weighted = model.layers.filter((layer) => ['Dense', 'Conv2D'].includes(layer.getClassName()));
  const variables = weighted.map((layer) =>
    layer.trainableWeights.map((weight) => (weight as unknown as { val: tf.Variable }).val),
  );
  const activations = model.layers.filter((layer) => layer instanceof ActivationLayer);
  const hidden = activations.map((_, i) => i + 1);
  return {
    measures: [
      ...weighted.map((_, i) => `gradientNorm.${i + 1}`),
      ...hidden.flatMap((n) => [`activationMean.${n}`, `activationStd.${n}`, `deadUnits.${n}`]),
    ],
    watch: (forward) => {
      for (const layer of activations) layer.watched = true;
      try {
        return forward();
      } finally {
        for (const layer of activations) layer.watched = false;
      }
    },
    measure: (gradients) => {
      const norms = variables.map((of) => {
        const squares = of.map(({ name }) => tf.sum(tf.square(gradients[name] as tf.Tensor)));
        return tf.sqrt(tf.addN(squares)) as tf.Scalar;
      });
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
