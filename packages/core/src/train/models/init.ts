import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelConfig } from '../../config/schema.ts';
import type { Rng } from '../../random/rng.ts';

interface Bounds {
  readonly kernel: number;
  readonly bias: number;
}

/** Weights are uniform between minus and plus these bounds. */
const BOUNDS: Record<ModelConfig['init'], (fanIn: number, fanOut: number) => Bounds> = {
  // What nn.Linear and nn.Conv2d do by default: kaiming_uniform with a = sqrt(5) (torch/nn/modules/{linear,conv}.py).
  pytorch: (fanIn) => ({ kernel: 1 / Math.sqrt(fanIn), bias: 1 / Math.sqrt(fanIn) }),
  // Glorot and Bengio 2010; torch.nn.init.xavier_uniform_, biases zero.
  xavier: (fanIn, fanOut) => ({ kernel: Math.sqrt(6 / (fanIn + fanOut)), bias: 0 }),
  // He et al. 2015; torch.nn.init.kaiming_uniform_ for ReLU, biases zero.
  he: (fanIn) => ({ kernel: Math.sqrt(6 / fanIn), bias: 0 }),
};

/** The layers that have a kernel, from the input on. Normalisation has none: its scale starts at 1, its shift at 0. */
export const kernelLayers = (model: LayersModel): tfl.layers.Layer[] =>
  model.layers.filter((layer) => ['Dense', 'Conv2D'].includes(layer.getClassName()));

/** Draws the kernel, and the bias where there is one, of every layer that has one, each from a stream of its own. */
export function initialize(model: LayersModel, init: ModelConfig['init'], rng: Rng): void {
  const weighted = kernelLayers(model);
  for (const [i, layer] of weighted.entries()) initializeLayer(layer, init, rng.split(`layer ${i}`));
}

function initializeLayer(layer: tfl.layers.Layer, init: ModelConfig['init'], rng: Rng): void {
  tf.tidy(() => {
    const [kernel, bias] = layer.getWeights();
    if (!kernel) return;
    // A dense kernel is [in, out], a convolution's [height, width, in, out].
    const [from = 1, to = 1] = kernel.shape.slice(-2);
    const field = kernel.size / (from * to);
    const bounds = BOUNDS[init](field * from, field * to);
    const draw = (weights: tf.Tensor, bound: number) =>
      tf.tensor(
        Float32Array.from({ length: weights.size }, () => (bound === 0 ? 0 : rng.uniform(-bound, bound))),
        weights.shape,
      );
    layer.setWeights([draw(kernel, bounds.kernel), ...(bias ? [draw(bias, bounds.bias)] : [])]);
  });
}
