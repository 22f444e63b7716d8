import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import { BatchNorm } from '../layers/batch-norm.ts';
import { ActivationLayer } from '../layers/layers.ts';
import { type Build, denseLayer } from './model.ts';

/**
 * Dense layers to logits, each but the last followed by the activation: [batch, ...shape] to [batch, classes].
 *
 * With the block `residual`, a hidden layer adds its input to its output (He et al. 2016) where both have the same
 * width. With `batch-norm` it normalises before the activation and has no bias before that, as in Ioffe and Szegedy
 * (2015): subtracting the mean removes any bias, its gradient is 0, and an adaptive optimizer would make whole steps of
 * the rounding left there. Dropout follows each hidden layer.
 */
export const buildMlp: Build<'mlp'> = ({ hidden, activation, block, dropout }, { shape, classes, newDropout }) => {
  const residual = block === 'residual' || block === 'residual-batch-norm';
  const normalised = block === 'batch-norm' || block === 'residual-batch-norm';
  const input = tfl.input({ shape: [...shape] });
  const through = (layer: tfl.layers.Layer, x: SymbolicTensor) => layer.apply(x) as SymbolicTensor;
  let x = shape.length > 1 ? through(tfl.layers.flatten(), input) : input;
  for (const units of hidden) {
    let y = through(denseLayer(units, { useBias: !normalised }), x);
    if (normalised) y = through(new BatchNorm(), y);
    y = through(new ActivationLayer(activation), y);
    if (residual && x.shape[1] === units) y = tfl.layers.add().apply([y, x]) as SymbolicTensor;
    x = dropout > 0 ? through(newDropout(dropout), y) : y;
  }
  return tfl.model({ inputs: input, outputs: through(denseLayer(classes), x) });
};
