import type { DataOutline } from '../../data/data-outline.ts';
import type { DataSet } from '../../data/data-set.ts';
import { type Sample, sampleBetween } from '../../data/sample.ts';
import type { Rng } from '../../random/rng.ts';
import type { DataKind } from './data-kind.ts';
import { DATA_SETS } from './index.ts';

// What a config's `data` asks for, by the kind that it names.

type Told = { readonly name: string };

const kindOf = ({ name }: Told) => (DATA_SETS as Readonly<Record<string, DataKind>>)[name] as DataKind;

/**
 * Draws the data set that `config` describes.
 * @throws CsvError for a file that cannot be trained on
 */
export async function makeData(config: Told, rng: Rng): Promise<DataSet> {
  return kindOf(config).draw(config, rng);
}

/** Points a class of the test sets that are drawn. */
const TEST_POINTS = 1000;

/**
 * Data that a run of `config` never trains on: more points of the same distribution, or what the kind keeps for it.
 * @param rng the seed's generator: drawn from its stream `test`
 */
async function makeTestData(config: Told & { readonly noise?: number }, rng: Rng): Promise<DataSet> {
  const kind = kindOf(config);
  if (kind.test) return kind.test(config, rng);
  const own = rng.split('test');
  const sample: Sample | undefined =
    config.noise === 0 && kind.facts.curve ? sampleBetween(TEST_POINTS, own.split('places')) : undefined;
  return sample ? kind.draw(config, own, sample) : kind.draw({ ...config, n: TEST_POINTS }, own);
}

/** The data of a run: to train on, to test on, and what they are; null where the config says all of it. */
export interface DrawnData {
  readonly train: DataSet;
  readonly test: DataSet;
  readonly outline: DataOutline | null;
}

/**
 * Draws the data of a run, or reads their file, once.
 * @param rng the seed's generator
 * @throws CsvError for a file that cannot be trained on
 */
export async function drawData(config: Told, rng: Rng): Promise<DrawnData> {
  const { read } = kindOf(config);
  if (read) return read(config, rng.split('data'));
  const [train, test] = await Promise.all([makeData(config, rng.split('data')), makeTestData(config, rng)]);
  return { train, test, outline: null };
}

/** Whether the points of the data set of this name lie in the plane; of one that is not known here they may. */
export const isPlanar = (name: string): boolean =>
  Object.hasOwn(DATA_SETS, name) ? kindOf({ name }).facts.planar : true;
