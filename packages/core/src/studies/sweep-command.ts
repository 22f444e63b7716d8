import { buildConfig, writeAssignment } from '../config/assignments.ts';
import { flatten, type ParamValue } from '../config/canonical.ts';
import type { Config } from '../config/schema.ts';
import { LONGEST_NAME } from '../text/name-limit.ts';
import { trainingStudy } from './index.ts';
import { withoutSeed } from './recorded.ts';
import { assignmentsOf, leafAt, quoted } from './repeat-command.ts';
import { writeSeeds } from './seeds-to-add.ts';

export interface Swept {
  readonly seeds: readonly number[];
  /** The experiment to record them in; left out: the study's own. */
  readonly experiment?: string | undefined;
  /** The engine of the runs recorded already; left out: the default of the machine. */
  readonly engine?: string | undefined;
}

/**
 * The commands that train each of some configurations of one study with each of some seeds, unless recorded: one
 * command where the configurations form a grid, else one for each. Empty where the experiment has a name that no
 * command can give.
 * @throws ConfigError where this version does not know the study or the config
 */
export function sweepCommands(configs: readonly Config[], { seeds, experiment, engine }: Swept): string[] {
  const [first] = configs;
  if (!first || (experiment !== undefined && experiment.length > LONGEST_NAME)) return [];
  return rowsOf(configs).map((words) =>
    [
      'npx whorl run',
      first.study,
      ...words.map(quoted),
      `--seeds ${writeSeeds(seeds)}`,
      ...(experiment === undefined || experiment === first.study ? [] : [`--name ${quoted(experiment)}`]),
      ...(engine === undefined ? [] : [`--engine ${engine}`]),
      '--skip-recorded',
    ].join(' '),
  );
}

/** The assignments of each command. */
function rowsOf(configs: readonly Config[]): string[][] {
  try {
    const grid = gridOf(configs);
    return grid ? [grid] : configs.map((config) => assignmentsOf(config).map(one));
  } catch {
    return []; // of a study or a kind that this version does not know
  }
}

const one = ([path, value]: [string, ParamValue]): string => writeAssignment(path, value);

/** The sweeps whose combinations are exactly these configurations; null where there are none. */
function gridOf(configs: readonly Config[]): string[] | null {
  const { defaults } = trainingStudy((configs[0] as Config).study);
  const wanted = new Set(configs.map(withoutSeed));
  const paths = [...new Set(configs.flatMap((config) => assignmentsOf(config).map(([path]) => path)))];
  const sweeps = paths.map((path) => ({
    path,
    // A list is one leaf, and as a key it is written as JSON.
    values: new Map(configs.map((config) => [flatten(config)[path], leafAt(config, path)])),
  }));
  if (sweeps.reduce((product, { values }) => product * values.size, 1) !== wanted.size) return null;
  if (sweeps.some(({ values }) => values.has(undefined))) return null;
  const rows = sweeps.reduce<Record<string, unknown>[]>(
    (made, { path, values }) => made.flatMap((row) => [...values.values()].map((value) => ({ ...row, [path]: value }))),
    [{}],
  );
  try {
    if (!rows.every((row) => wanted.has(withoutSeed(buildConfig(defaults, row))))) return null;
  } catch {
    return null; // two of the values cannot be combined
  }
  return sweeps.map(({ path, values }) => {
    const [word = '', ...others] = [...values.keys()].map((leaf) => writeAssignment(path, leaf as ParamValue));
    return [word, ...others.map((other) => other.slice(path.length + 1))].join(',');
  });
}
