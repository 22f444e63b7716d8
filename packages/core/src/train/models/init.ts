import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Rng } from '../../rng.ts';

/** Draws the weights of every layer that has some, each from a stream of its own. */
export function initialize(model: LayersModel, rng: Rng): void {
  const weighted = model.layers.filter((layer) => layer.getWeights().length > 0);
  for (const [i, layer] of weighted.entries()) initializeLayer(layer, rng.split(`layer ${i}`));
}

/**
 * PyTorch's default for `nn.Linear` and `nn.Conv2d`: weights and biases uniform in +-1/sqrt(fan_in)
 * (kaiming_uniform with a = sqrt(5), torch/nn/modules/{linear,conv}.py).
 */
function initializeLayer(layer: tfl.layers.Layer, rng: Rng): void {
  tf.tidy(() => {
    const [kernel, bias] = layer.getWeights();
    if (!kernel || !bias) return;
    // A dense kernel is [in, out], a convolution's [height, width, in, out].
    const fanIn = kernel.shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const bound = 1 / Math.sqrt(fanIn);
    const draw = (weights: tf.Tensor) =>
      tf.tensor(
        Float32Array.from({ length: weights.size }, () => rng.uniform(-bound, bound)),
        weights.shape,
      );
    layer.setWeights([draw(kernel), draw(bias)]);
  });
}
