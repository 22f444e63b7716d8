import type { LayersModel } from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import type { ModelConfig } from '../../config/schema.ts';
import type { MaskedDropout } from '../layers/layers.ts';

/** What a model is built for: the data's shape and classes. */
export interface Surroundings {
  /** The shape of one row of the data. */
  readonly shape: readonly number[];
  readonly classes: number;
  readonly newDropout: (rate: number) => MaskedDropout;
}

/** Builds the layers of a kind of model, with all weights 0. */
export type Build<N extends ModelConfig['name']> = (
  config: Extract<ModelConfig, { name: N }>,
  surroundings: Surroundings,
) => LayersModel;

/** Starts with zeros: the weights are drawn later, by our own generator. */
export const denseLayer = (units: number, { useBias = true } = {}): tfl.layers.Layer =>
  tfl.layers.dense({ units, useBias, kernelInitializer: 'zeros', biasInitializer: 'zeros' });
