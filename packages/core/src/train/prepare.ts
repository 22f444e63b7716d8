import type { Config } from '../config/schema.ts';
import type { DataOutline } from '../data/data-outline.ts';
import type { DataSet } from '../data/data-set.ts';
import type { DataSources } from '../data/data-sources.ts';
import { drawFrom } from '../kinds/data/draw.ts';
import { Rng } from '../random/rng.ts';
import { Batches } from './batches/batches.ts';

/** A config with its data, read and drawn once: all that `train` needs beside an engine. */
export interface Prepared {
  readonly config: Config;
  /** Drawn from the stream `data` of the config's seed. */
  readonly train: DataSet;
  /** Rows on which no run of the config trains. */
  readonly test: DataSet;
  /** Describes data that were read; null where the config says everything. */
  readonly outline: DataOutline | null;
  readonly stepsPerEpoch: number;
  /** The updates of the whole run. */
  readonly steps: number;
}

/** @throws CsvError for a file that cannot be trained on */
export async function prepareFrom(sources: DataSources, config: Config): Promise<Prepared> {
  const drawn = await drawFrom(sources, config.data, Rng.of(config.seed));
  const stepsPerEpoch = new Batches(drawn.train.count, config.batchSize, Rng.of(0)).perEpoch;
  return { config, ...drawn, stepsPerEpoch, steps: config.epochs * stepsPerEpoch };
}
