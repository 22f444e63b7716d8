import type { DataConfig } from '../../config/schema.ts';
import { shiftedPictures } from '../../data/augment.ts';
import type { DataSet } from '../../data/data-set.ts';
import type { Rng } from '../../random/rng.ts';

/**
 * What changes the pictures of a step, where the config asks for it: each step from a stream of its own.
 * @param rng the seed's stream `augment`
 */
export const augmentation = (config: DataConfig, data: DataSet, rng: Rng) =>
  config.name === 'mnist' && config.augment === 'shift'
    ? (step: number, rows: Int32Array | null) => shiftedPictures(data, rows, rng.split(`step ${step}`))
    : undefined;
