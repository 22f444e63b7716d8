import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import type { ModelConfig } from '../config/schema.ts';
import { ACTIVATIONS } from '../registries/activations.ts';
import type { Rng } from '../rng.ts';

/** A model that maps [batch, features] to logits [batch, classes], with its initial weights drawn from `rng`. */
export function buildModel(config: ModelConfig, features: number, classes: number, rng: Rng): LayersModel {
  const model = tfl.sequential();
  const widths = [...config.hidden, classes];
  widths.forEach((units, i) => {
    const inputShape = i === 0 ? { inputShape: [features] } : {};
    // Zeros at first: the weights are set below from our own generator.
    model.add(tfl.layers.dense({ units, ...inputShape, kernelInitializer: 'zeros', biasInitializer: 'zeros' }));
    const activation = ACTIVATIONS[config.activation].layer;
    if (i < config.hidden.length && activation !== null) model.add(tfl.layers.activation({ activation }));
  });
  const dense = model.layers.filter((layer) => layer.getWeights().length > 0);
  for (const [i, layer] of dense.entries()) initializeLinear(layer, rng.split(`layer ${i}`));
  return model;
}

/**
 * PyTorch's default for `nn.Linear`: weights and biases uniform in +-1/sqrt(fan_in)
 * (kaiming_uniform with a = sqrt(5), torch/nn/modules/linear.py).
 */
function initializeLinear(layer: tfl.layers.Layer, rng: Rng): void {
  tf.tidy(() => {
    const [kernel, bias] = layer.getWeights();
    if (!kernel || !bias) return;
    const bound = 1 / Math.sqrt(kernel.shape[0] ?? 1);
    const draw = (weights: tf.Tensor) =>
      tf.tensor(
        Float32Array.from({ length: weights.size }, () => rng.uniform(-bound, bound)),
        weights.shape,
      );
    layer.setWeights([draw(kernel), draw(bias)]);
  });
}

/** The trainable variables of a model in the order of its layers. */
export function trainableVariables(model: LayersModel): tf.Variable[] {
  // LayerVariable keeps its tf.Variable in a member that its type declares protected.
  return model.trainableWeights.map((weight) => (weight as unknown as { val: tf.Variable }).val);
}
