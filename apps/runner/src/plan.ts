import {
  type Assignment,
  buildConfig,
  type Config,
  ConfigError,
  flatten,
  grid,
  parseAssignment,
  parseIntegers,
  type TrainingStudy,
  writeAssignment,
} from '@whorl/core';

/** One training that a command asked for. */
export interface PlannedRun {
  readonly config: Config;
  /** What sets it apart from the other configurations of the command: `linear + SGD`, `optimizer.lr=0.01`. */
  readonly label: string;
  /** The figure that the course reports for this configuration. */
  readonly reported: { readonly metric: string; readonly value: number } | null;
}

export interface PlanOptions {
  readonly assignments: readonly string[];
  readonly seeds: string | undefined;
  /** Train the configurations that the course compares. */
  readonly course: boolean;
}

/**
 * All runs of a command, every one checked.
 * @throws ConfigError before anything is written
 */
export function plan(study: TrainingStudy, { assignments, seeds, course }: PlanOptions): PlannedRun[] {
  const parsed = assignments.map(parseAssignment);
  const seedList = parseSeeds(seeds ?? (course ? '1..5' : String(study.defaults.seed)));
  const variants = course ? courseVariants(study, parsed) : gridVariants(study, parsed);
  return variants.flatMap(({ values, label, reported }) =>
    seedList.map((seed) => ({ config: buildConfig(study.defaults, { ...values, seed }), label, reported })),
  );
}

function parseSeeds(text: string): number[] {
  const seeds = parseIntegers('--seeds', text);
  const negative = seeds.find((seed) => seed < 0);
  if (negative !== undefined) throw new ConfigError('--seeds', `expected whole numbers from 0 on, got ${negative}`);
  return seeds;
}

type Variant = Omit<PlannedRun, 'config'> & { readonly values: Readonly<Record<string, unknown>> };

function courseVariants(study: TrainingStudy, assignments: readonly Assignment[]): Variant[] {
  if (study.course.length === 0) {
    throw new ConfigError(
      '--course',
      `the course compares no configurations in the study ${study.id}; name values instead`,
    );
  }
  const sweep = assignments.find(({ values }) => values.length > 1);
  if (sweep) throw new ConfigError(sweep.path, '--course takes one value a path, not a sweep');
  const given = grid(assignments)[0] ?? {};
  return study.course.map(({ label, values, metric, reported }) => {
    const clash = Object.keys(values).find((path) => path in given);
    if (clash) throw new ConfigError(clash, `is what --course compares; leave out one of the two`);
    // A figure of the course holds for the course's settings alone.
    const asInCourse = Object.keys(given).length === 0;
    return { values: { ...values, ...given }, label, reported: asInCourse ? { metric, value: reported } : null };
  });
}

function gridVariants(study: TrainingStudy, assignments: readonly Assignment[]): Variant[] {
  const swept = assignments.filter(({ values }) => values.length > 1).map(({ path }) => path);
  const named = swept.length > 0 ? swept : assignments.map(({ path }) => path);
  return grid(assignments).map((values) => ({
    values,
    label: labelOf(named, values) || study.id,
    reported: null,
  }));
}

/** What tells a configuration from the others: a word such as `relu` says what it is, a number wants its name. */
function labelOf(paths: readonly string[], values: Readonly<Record<string, unknown>>): string {
  const leafOf = (path: string) => path.slice(path.lastIndexOf('.') + 1);
  const isWord = (value: unknown) => typeof value === 'string' && /^[a-z][a-z0-9-]*$/i.test(value);
  return paths
    .map((path) => {
      const value = values[path];
      if (isWord(value)) return value;
      const isAlone = paths.filter((other) => leafOf(other) === leafOf(path)).length === 1;
      return `${isAlone ? leafOf(path) : path}=${show(value)}`;
    })
    .join(' ');
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The command that trains exactly this config again. */
export function repeatCommand(study: TrainingStudy, config: Config, engine: string, eager = false): string {
  const defaults = flatten(study.defaults);
  const words = Object.entries(flatten(config))
    .filter(([path, value]) => path !== 'seed' && path !== 'study' && defaults[path] !== value)
    .map(([path, value]) => writeAssignment(path, value))
    .map((word) => (/^[\w.=+:/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  return [
    'npx whorl run',
    study.id,
    ...words,
    `--seeds ${config.seed}`,
    `--engine ${engine}`,
    ...(eager ? ['--eager'] : []),
  ].join(' ');
}
