import type { Config, ModelConfig } from '../../config/schema.ts';
import type { DataSet } from '../../data/data-set.ts';
import { Rng } from '../../random/rng.ts';
import { drawWeights } from '../models/draw-weights.ts';
import { convnetKernels, denseKernels, type PlacedKernel } from './convnet-kernels.ts';

/** All that a network is at one moment of its training. */
export interface NetworkState {
  /**
   * Layer by layer: kernel [in, out] or [height, width, in, out], bias [out]; before a batch norm no bias, and then its scale
   * [out] and shift [out].
   */
  readonly weights: readonly Float32Array[];
  /** Of each batch norm the running mean [out] and variance [out]. */
  readonly running: readonly Float32Array[];
}

/** What a network must know of the rows that it is for. */
type RowOf = Pick<DataSet, 'shape' | 'features' | 'classes'>;

const isNormalised = (model: ModelConfig): boolean => model.name === 'mlp' && model.block.endsWith('batch-norm');

/** The units of each hidden dense layer, from the input on: those that dropout follows. */
export const denseUnits = (model: ModelConfig): readonly number[] =>
  model.name === 'mlp' ? model.hidden : model.dense;

/** All kernels of a network, from the input on. */
export const kernelsOf = ({ model }: Pick<Config, 'model'>, { shape, features, classes }: RowOf): PlacedKernel[] =>
  model.name === 'mlp' ? denseKernels([features, ...model.hidden, classes]) : convnetKernels(model, shape, classes);

/** What a training of this starts from: the same weights as those of train/models. */
export function initialState(config: Config, data: RowOf): NetworkState {
  const { model } = config;
  const rng = Rng.of(config.seed).split('init');
  const kernels = kernelsOf(config, data);
  const weights = kernels.flatMap(({ shape }, i) => {
    const normalised = isNormalised(model) && i < kernels.length - 1;
    const units = shape.at(-1) ?? 0;
    const drawn = drawWeights(shape, !normalised, model.init, rng, i);
    return normalised ? [...drawn, new Float32Array(units).fill(1), new Float32Array(units)] : drawn;
  });
  const running = isNormalised(model)
    ? denseUnits(model).flatMap((units) => [new Float32Array(units), new Float32Array(units).fill(1)])
    : [];
  return { weights, running };
}

/** What a network without batch norms takes, counted as train/probes/cost.ts does. */
export function networkCost(config: Pick<Config, 'model'>, data: RowOf) {
  const kernels = kernelsOf(config, data).map(({ shape, places }) => {
    const numbers = shape.reduce((product, side) => product * side, 1);
    return { parameters: numbers + (shape.at(-1) ?? 0), flops: 2 * numbers * places };
  });
  const sum = (of: 'parameters' | 'flops') => kernels.reduce((total, kernel) => total + kernel[of], 0);
  return { parameters: sum('parameters'), flops: sum('flops') };
}
