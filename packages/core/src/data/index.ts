import type { DataConfig } from '../config/schema.ts';
import type { Rng } from '../rng.ts';
import type { DataSet } from './data-set.ts';
import { spiral } from './spiral.ts';

/** Draws the data set that `config` describes. */
export function makeData(config: DataConfig, rng: Rng): DataSet {
  return DATA[config.name](config, rng);
}

const DATA = { spiral } satisfies Record<DataConfig['name'], (config: never, rng: Rng) => DataSet>;
