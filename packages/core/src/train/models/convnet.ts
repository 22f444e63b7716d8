import type { LayersModel } from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import type { ModelConfig } from '../../config/schema.ts';
import { ShapeMismatchError } from '../../text/errors.ts';
import { ActivationLayer } from '../layers/layers.ts';
import { denseLayer, type Surroundings } from './model.ts';

/**
 * LeNet-5 (LeCun et al. 1998) and, with other values of the same fields, a small AlexNet (Krizhevsky et al. 2012):
 * convolutions and pooling on pictures [batch, height, width, channels], then dense layers to logits.
 *
 * Two convolutions are 5 x 5 and the second is unpadded, as in LeNet, which has 61,706 weights that way; more than two
 * are all 3 x 3, AlexNet's sizes on pictures with an eighth of the side. Pooling follows the first, the second and the
 * last convolution. Dropout, if any, follows each hidden dense layer.
 * @throws ShapeMismatchError for data that are not pictures
 */
export function buildConvnet(
  config: Extract<ModelConfig, { name: 'lenet' | 'alexnet-small' }>,
  { shape, classes, newDropout }: Surroundings,
): LayersModel {
  const { activation, pooling, filters, dropout } = config;
  if (shape.length !== 3) {
    throw new ShapeMismatchError(
      `model ${config.name}: expected pictures [height, width, channels], got points of shape [${shape.join(', ')}]; data.name=mnist has pictures`,
    );
  }
  const model = tfl.sequential();
  const activate = () => model.add(new ActivationLayer(activation));
  filters.forEach((count, i) => {
    model.add(
      tfl.layers.conv2d({
        filters: count,
        kernelSize: filters.length === 2 ? 5 : 3,
        padding: i === 1 && filters.length === 2 ? 'valid' : 'same',
        kernelInitializer: 'zeros',
        biasInitializer: 'zeros',
        ...(i === 0 ? { inputShape: [...shape] } : {}),
      }),
    );
    activate();
    if (i < 2 || i === filters.length - 1) model.add(pool(pooling));
  });
  model.add(tfl.layers.flatten());
  for (const units of config.dense) {
    model.add(denseLayer(units));
    activate();
    if (dropout > 0) model.add(newDropout(dropout));
  }
  model.add(denseLayer(classes));
  return model;
}

function pool(kind: 'average' | 'max'): tfl.layers.Layer {
  if (kind === 'average') return tfl.layers.averagePooling2d({ poolSize: 2, strides: 2 });
  return tfl.layers.maxPooling2d({ poolSize: 3, strides: 2 });
}
