import { seedlessKey } from '../config/canonical.ts';
import type { Config } from '../config/schema.ts';
import { type SeedsToAdd, seedsToAdd } from './seeds-to-add.ts';
import { sweepCommands } from './sweep-command.ts';

/** What a plan for more runs reads of a finished run. */
export interface RunSeen {
  readonly config: Config;
  /** The compared value; undefined where the run has none. */
  readonly value: number | undefined;
  readonly engine: string;
  readonly durationMs: number | null;
}

/** What to train so that all configurations have a given number of seeds. */
export interface RunsToAdd extends SeedsToAdd {
  /** How many seeds they lack. */
  readonly more: number;
  /** How long the runs train one after another, estimated from similar recorded runs; null where there are none. */
  readonly trainingMs: number | null;
  /** For a shell. */
  readonly commands: readonly string[];
}

/** One config for each configuration, whatever its seeds. */
export const configurationsOf = (configs: readonly Config[]): Config[] => [
  ...new Map(configs.map((config) => [seedlessKey(config), config])).values(),
];

export interface Addition {
  /** How many seeds each configuration should have. */
  readonly wanted: number;
  /** The experiment in which they will be recorded. */
  readonly experiment: string;
  /** Further runs from which to estimate how long a run takes that is like none recorded. */
  readonly alike?: readonly RunSeen[];
}

/**
 * @param configs the planned ones, one for each configuration ({@link configurationsOf})
 * @param recorded the finished runs of the experiment in which they will be recorded
 */
export function runsToAdd(
  configs: readonly Config[],
  recorded: readonly RunSeen[],
  { wanted, experiment, alike = [] }: Addition,
): RunsToAdd {
  const byConfiguration = new Map<string, RunSeen[]>();
  for (const run of recorded) {
    const key = seedlessKey(run.config);
    const runs = byConfiguration.get(key);
    if (runs) runs.push(run);
    else byConfiguration.set(key, [run]);
  }
  const runsOf = (config: Config) => byConfiguration.get(seedlessKey(config)) ?? [];
  const seedsOf = (runs: readonly RunSeen[]) => new Set(runs.map(({ config }) => config.seed));
  const found = seedsToAdd(
    configs.map((config) => {
      const runs = runsOf(config);
      return { recorded: seedsOf(runs), counted: seedsOf(runs.filter(({ value }) => Number.isFinite(value))) };
    }),
    wanted,
  );
  const all = meanDuration([...configs.flatMap(runsOf), ...alike]);
  const times = configs.map((config) => {
    const runs = runsOf(config);
    const has = seedsOf(runs);
    const lacking = found.seeds.filter((seed) => !has.has(seed)).length;
    return lacking === 0 ? 0 : lacking * (meanDuration(runs) ?? all ?? Number.NaN);
  });
  const trainingMs = times.reduce((sum, time) => sum + time, 0);
  const engines = new Set(configs.flatMap(runsOf).map(({ engine }) => engine));
  return {
    ...found,
    more: Math.max(0, wanted - found.have),
    trainingMs: Number.isNaN(trainingMs) ? null : trainingMs,
    commands:
      found.runs === 0
        ? []
        : sweepCommands(configs, {
            seeds: found.seeds,
            experiment,
            engine: engines.size === 1 ? [...engines][0] : undefined,
          }),
  };
}

function meanDuration(runs: readonly RunSeen[]): number | null {
  const known = runs.flatMap(({ durationMs }) => durationMs ?? []);
  return known.length === 0 ? null : known.reduce((sum, ms) => sum + ms, 0) / known.length;
}
