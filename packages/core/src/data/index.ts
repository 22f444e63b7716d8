import type { DataConfig } from '../config/schema.ts';
import type { Rng } from '../random/rng.ts';
import type { DataOutline } from './data-outline.ts';
import type { DataSet } from './data-set.ts';
import { mnist, mnistTest } from './mnist.ts';
import { checkerboard, circles, gaussians, moons, xor } from './planar.ts';
import { type Sample, sampleBetween } from './sample.ts';
import { spiral } from './spiral.ts';

type Make<N extends DataConfig['name']> = (
  config: Extract<DataConfig, { name: N }>,
  rng: Rng,
  sample?: Sample,
) => DataSet | Promise<DataSet>;

const DATA: { [N in DataConfig['name']]: Make<N> } = {
  spiral,
  moons,
  circles,
  xor,
  gaussians,
  checkerboard,
  mnist,
  // Loaded when it is asked for: a page that trains on a spiral needs no CSV parser.
  csv: async (config, rng) => (await (await import('./csv.ts')).csvData(config, rng)).train,
};

/** Data sets whose points are no points of the plane, or need not be. */
const NOT_PLANAR: readonly string[] = ['mnist', 'csv'] satisfies DataConfig['name'][];

/**
 * Draws the data set that `config` describes.
 * @throws CsvError for a file that cannot be trained on
 */
export async function makeData(config: DataConfig, rng: Rng): Promise<DataSet> {
  return draw(config, rng);
}

const draw = (config: DataConfig, rng: Rng, sample?: Sample) =>
  (DATA[config.name] as Make<DataConfig['name']>)(config as never, rng, sample);

/** Where points that no noise moves lie at places that the config says: another draw of them would be the same points. */
const CURVES: readonly string[] = ['spiral', 'moons', 'circles'] satisfies DataConfig['name'][];

/** Points a class of the test sets that are drawn. */
const TEST_POINTS = 1000;

/**
 * Data that a run of `config` never trains on: more points of the same distribution, or the digits that are kept for it.
 * @param rng the seed's generator: drawn from its stream `test`; the rows of a file that `data` did not take
 * @throws CsvError for a file that cannot be trained on
 */
export async function makeTestData(config: DataConfig, rng: Rng): Promise<DataSet> {
  if (config.name === 'mnist') return mnistTest();
  if (config.name === 'csv') return (await (await import('./csv.ts')).csvData(config, rng.split('data'))).test;
  const own = rng.split('test');
  if (config.noise === 0 && CURVES.includes(config.name)) {
    return draw(config, own, sampleBetween(TEST_POINTS, own.split('places')));
  }
  return draw({ ...config, n: TEST_POINTS }, own);
}

/**
 * What the data of a run are; null for data that the config says all of.
 * @throws CsvError for a file that cannot be trained on
 */
export async function outlineOf(config: DataConfig, rng: Rng): Promise<DataOutline | null> {
  if (config.name !== 'csv') return null;
  return (await (await import('./csv.ts')).csvData(config, rng.split('data'))).outline;
}

/** Whether the points of the data set of this name lie in the plane, where a decision boundary can be seen. */
export const isPlanar = (name: string): boolean => !NOT_PLANAR.includes(name);
