import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelConfig } from '../../config/schema.ts';
import type { Rng } from '../../random/rng.ts';
import { drawWeights } from './draw-weights.ts';

/** The layers with a kernel, in order from the input. Normalisation has none: its scale starts at 1, its shift at 0. */
export const kernelLayers = (model: LayersModel): tfl.layers.Layer[] =>
  model.layers.filter((layer) => ['Dense', 'Conv2D'].includes(layer.getClassName()));

/** Draws the kernel and, where there is one, the bias of every layer with a kernel, each from a stream of its own. */
export function initialize(model: LayersModel, init: ModelConfig['init'], rng: Rng): void {
  for (const [i, layer] of kernelLayers(model).entries()) {
    tf.tidy(() => {
      const weights = layer.getWeights();
      const drawn = drawWeights(weights[0]?.shape ?? [], weights.length > 1, init, rng, i);
      layer.setWeights(weights.map(({ shape }, part) => tf.tensor(drawn[part] as Float32Array, shape)));
    });
  }
}
