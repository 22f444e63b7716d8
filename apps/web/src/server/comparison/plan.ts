import {
  type Comparison,
  compare,
  configurationsOf,
  designOf,
  planSeeds,
  type RunSeen,
  type RunsToAdd,
  runsToAdd,
} from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import type { PlanAnswer } from '#src/contract/comparison.ts';
import type { Context } from '../access/context.ts';
import { MOST_TESTED_LEVELS, type ObservedRun } from './analysis.ts';

/** For more runs it is not computed what is missing: the config of each would have to be read. */
const MOST_LOOKED_INTO = 2_000;

interface Asked {
  readonly metric: string;
  readonly by: readonly string[];
  /** The smallest difference that matters. */
  readonly difference: number;
}

/** How many seeds the compared runs need, and which runs to train; null where no number of seeds is enough. */
export async function planOf(
  ctx: Context,
  runs: readonly ObservedRun[],
  { metric, by, difference }: Asked,
): Promise<PlanAnswer | null> {
  const levels = designOf(runs, by).levels.length;
  if (levels < 2 || levels > MOST_TESTED_LEVELS) return null;
  const found = compare(runs, { metric, by });
  if (found.confounds.length > 0) return null;
  const { spread, alpha, sizes } = planSeeds({
    ...found.next,
    levels,
    own: found.method.because === 'spreads',
    difference,
  });
  const [size] = sizes;
  if (!spread || !size) return { because: becauseOf(found), plan: null };
  const seeds = size.chances.find(({ chance }) => chance === 0.8)?.seeds ?? null;
  const atMost = size.chances.find(({ chance }) => chance === 0.8)?.atMost ?? null;
  const add = seeds === null ? null : await addition(ctx, runs, seeds);
  return {
    because: null,
    plan: {
      levels,
      difference,
      sd: spread.sd,
      ci95: spread.ci95 && [...spread.ci95],
      alpha,
      look: found.look,
      seeds,
      atMost,
      pair: size.pair,
      add: add && { ...add, seeds: [...add.seeds], commands: ctx.viewer.kind === 'owner' ? [...add.commands] : [] },
    },
  };
}

/** Why the recorded runs do not tell the spread of a difference. */
function becauseOf({ method }: Comparison): 'never' | 'few' | 'constant' | 'unpaired' {
  if (method.because === 'never' || method.because === 'unpaired') return method.because;
  return method.tests === 0 ? 'few' : 'constant';
}

async function addition({ store }: Context, runs: readonly ObservedRun[], wanted: number): Promise<RunsToAdd | null> {
  if (runs.length > MOST_LOOKED_INTO) return null;
  const values = new Map(runs.map(({ id, value }) => [id, value]));
  const records = await store.runs.getMany([...values.keys()]);
  const seen = records.flatMap(({ id, config, engine, durationMs }: RunRecord): RunSeen[] =>
    config && engine !== null ? [{ config, engine, durationMs, value: values.get(id) }] : [],
  );
  const experiments = [...new Set(records.map(({ experimentId }) => experimentId))];
  const [only] = experiments;
  if (only === undefined || experiments.length > 1 || seen.length === 0) return null;
  const { name } = await store.experiments.get(only);
  return runsToAdd(configurationsOf(seen.map(({ config }) => config)), seen, { wanted, experiment: name });
}
