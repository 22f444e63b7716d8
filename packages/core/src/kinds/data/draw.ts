import type { DataSet } from '../../data/data-set.ts';
import type { DataSources } from '../../data/data-sources.ts';
import { type Sample, sampleBetween } from '../../data/sample.ts';
import type { Rng } from '../../random/rng.ts';
import type { DataKind, DrawnData, DrawnKind } from './data-kind.ts';
import { DATA_SETS } from './index.ts';

// Makes the data that a config's `data` describes, by the kind that it names.

type Told = { readonly name: string };

const kindOf = ({ name }: Told) => (DATA_SETS as Readonly<Record<string, DataKind>>)[name] as DataKind;

/** Points of each class in a drawn test set. */
const TEST_POINTS = 1000;

/**
 * Data on which a run of `config` never trains: more points of the same distribution.
 * @param rng the seed's stream `test`
 */
function drawTest(kind: DrawnKind, config: Told & { readonly noise?: number }, rng: Rng): DataSet {
  const sample: Sample | undefined =
    config.noise === 0 && kind.facts.curve ? sampleBetween(TEST_POINTS, rng.split('places')) : undefined;
  return sample ? kind.draw(config, rng, sample) : kind.draw({ ...config, n: TEST_POINTS }, rng);
}

/**
 * Draws the data of a run, or reads them, once.
 * @param rng the seed's generator
 * @throws CsvError for a file that cannot be trained on
 */
export async function drawFrom(sources: DataSources, config: Told, rng: Rng): Promise<DrawnData> {
  const kind = kindOf(config);
  if ('read' in kind) return kind.read(config, rng.split('data'), sources);
  return {
    train: kind.draw(config, rng.split('data')),
    test: drawTest(kind, config, rng.split('test')),
    outline: null,
  };
}

/** Whether the points of a data set lie in the plane; true for a name that is not known here, since they may. */
export const isPlanar = (name: string): boolean =>
  Object.hasOwn(DATA_SETS, name) ? kindOf({ name }).facts.planar : true;
