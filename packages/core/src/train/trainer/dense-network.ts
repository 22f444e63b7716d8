import type { Config, ModelConfig } from '../../config/schema.ts';
import type { DataSet } from '../../data/data-set.ts';
import { Rng } from '../../random/rng.ts';
import { ConfigError } from '../../text/errors.ts';
import { drawWeights } from '../models/draw-weights.ts';

type DenseConfig = Extract<ModelConfig, { name: 'mlp' }>;

/** The complete state of a network at one moment of its training. */
export interface NetworkState {
  /**
   * Layer by layer: kernel [in, out], bias [out]; a layer before a batch norm has no bias, and is followed by the
   * norm's scale [out] and shift [out].
   */
  readonly weights: readonly Float32Array[];
  /** The running mean [out] and variance [out] of each batch norm. */
  readonly running: readonly Float32Array[];
}

/** @throws ConfigError for a network with convolutions */
export function denseModel({ model }: Config): DenseConfig {
  if (model.name === 'mlp') return model;
  throw new ConfigError('model.name', {
    en: `got ${model.name}. Allowed: mlp; npx whorl run trains the others`,
    zh: `得到的是 ${model.name}。可用的有：mlp；其他模型请用 npx whorl run 训练`,
  });
}

export const isNormalised = ({ block }: DenseConfig): boolean => block.endsWith('batch-norm');

/** The state from which a training starts: the same weights as those of models/mlp.ts. */
export function initialState(config: Config, { features, classes }: DataSet): NetworkState {
  const model = denseModel(config);
  const rng = Rng.of(config.seed).split('init');
  const widths = [features, ...model.hidden, classes];
  const weights = widths.slice(1).flatMap((units, i) => {
    const normalised = isNormalised(model) && i < model.hidden.length;
    const drawn = drawWeights([widths[i] as number, units], !normalised, model.init, rng, i);
    return normalised ? [...drawn, new Float32Array(units).fill(1), new Float32Array(units)] : drawn;
  });
  const running = isNormalised(model)
    ? model.hidden.flatMap((units) => [new Float32Array(units), new Float32Array(units).fill(1)])
    : [];
  return { weights, running };
}
