import { seedlessKey } from '../config/canonical.ts';
import type { Config } from '../config/schema.ts';
import { type SeedsToAdd, seedsToAdd } from './seeds-to-add.ts';
import { sweepCommands } from './sweep-command.ts';

/** A finished run, as far as a plan for more of them looks at it. */
export interface RunSeen {
  readonly config: Config;
  /** What is compared; undefined where it has none of it. */
  readonly value: number | undefined;
  readonly engine: string;
  readonly durationMs: number | null;
}

/** What to train so that all configurations have so many seeds. */
export interface RunsToAdd extends SeedsToAdd {
  /** Seeds that they lack. */
  readonly more: number;
  /** How long the runs train one after another, by what such runs took; null where none was recorded. */
  readonly trainingMs: number | null;
  /** For a shell. */
  readonly commands: readonly string[];
}

/** Each configuration once, whatever its seeds. */
export const configurationsOf = (configs: readonly Config[]): Config[] => [
  ...new Map(configs.map((config) => [seedlessKey(config), config])).values(),
];

export interface Addition {
  /** How many seeds each configuration should have. */
  readonly wanted: number;
  /** The name of the experiment into which they go. */
  readonly experiment: string;
  /** Other runs, by which is said how long one takes that is like none recorded. */
  readonly alike?: readonly RunSeen[];
}

/**
 * @param configs {@link configurationsOf} what is planned
 * @param recorded finished runs of the experiment into which they go
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
