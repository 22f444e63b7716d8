import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelConfig } from '../../config/schema.ts';
import type { DataSet } from '../../data/data-set.ts';
import type { Rng } from '../../random/rng.ts';
import { dropoutStream } from '../batches/dropout-mask.ts';
import { MaskedDropout } from '../layers/layers.ts';
import { buildConvnet } from './convnet.ts';
import { initialize } from './init.ts';
import { buildMlp } from './mlp.ts';
import type { Build } from './model.ts';

const BUILDERS = {
  mlp: buildMlp,
  lenet: buildConvnet,
  'alexnet-small': buildConvnet,
} satisfies { [N in ModelConfig['name']]: Build<N> };

/** A model with its initial weights, and those of its layers that need a mask in training. */
export interface BuiltModel {
  /** Maps [batch, ...shape] to logits [batch, classes]. */
  readonly model: LayersModel;
  readonly dropouts: readonly MaskedDropout[];
}

/** @param rng the seed's generator: weights are drawn from its stream `init`, masks from `dropout` */
export function buildModel(config: ModelConfig, data: Pick<DataSet, 'shape' | 'classes'>, rng: Rng): BuiltModel {
  const dropouts: MaskedDropout[] = [];
  const newDropout = (rate: number) => {
    const layer = new MaskedDropout(rate, dropoutStream(rng, dropouts.length));
    dropouts.push(layer);
    return layer;
  };
  const build = BUILDERS[config.name] as Build<ModelConfig['name']>;
  const model = build(config as never, { shape: data.shape, classes: data.classes, newDropout });
  initialize(model, config.init, rng.split('init'));
  return { model, dropouts };
}

// LayerVariable keeps its tf.Variable in a member that is declared protected.
const variablesOf = (weights: LayersModel['weights']): tf.Variable[] =>
  weights.map((weight) => (weight as unknown as { val: tf.Variable }).val);

/** The variables with respect to which the loss is differentiated, in the order of the layers. */
export const trainableVariables = (model: LayersModel): tf.Variable[] => variablesOf(model.trainableWeights);

/** The variables that a forward pass in training changes by itself, such as running means. */
export const runningVariables = (model: LayersModel): tf.Variable[] => variablesOf(model.nonTrainableWeights);
