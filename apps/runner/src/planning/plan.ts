import {
  type Assignment,
  buildConfig,
  type Config,
  ConfigError,
  configHash,
  configurationNames,
  grid,
  parseAssignment,
  parseIntegers,
  type TrainingStudy,
} from '@whorl/core';
import { words } from '../messages/index.ts';

/** One training that a command asked for. */
export interface PlannedRun {
  readonly config: Config;
  /** What distinguishes the configuration from the others of the command: `linear · sgd`, `optimizer.lr=0.01`. */
  readonly label: string;
  /** The result that the course reports for this configuration. */
  readonly reported: { readonly metric: string; readonly value: number } | null;
}

export interface PlanOptions {
  readonly assignments: readonly string[];
  readonly seeds: string | undefined;
  /** Whether to train the configurations that the course compares. */
  readonly course: boolean;
}

/**
 * Plans and checks all runs of a command.
 * @throws ConfigError before anything is written
 */
export function plan(study: TrainingStudy, { assignments, seeds, course }: PlanOptions): PlannedRun[] {
  const parsed = assignments.map(parseAssignment);
  const seedList = parseSeeds(seeds ?? (course ? '1..5' : String(study.defaults.seed)));
  refuseTooMany(parsed, seedList.length);
  const variants = course ? courseVariants(study, parsed) : gridVariants(study, parsed);
  return variants.flatMap(({ values, label, reported }) =>
    seedList.map((seed) => ({ config: buildConfig(study.defaults, { ...values, seed }), label, reported })),
  );
}

/**
 * A larger grid is most likely a mistake: it would train for hours, and all runs are built and checked before the first one
 * starts.
 */
const MOST_RUNS = 10_000;

/** Counts the runs of a grid before building it. */
function refuseTooMany(assignments: readonly Assignment[], seeds: number): void {
  const counts = assignments.map(({ path, values }) => ({ name: path, count: values.length }));
  const swept = [...counts, { name: '--seeds', count: seeds }].filter(({ count }) => count > 1);
  const runs = swept.reduce((product, { count }) => product * BigInt(count), 1n);
  if (runs <= MOST_RUNS) return;
  const factors = swept.map(({ name, count }) => `${name} (${count})`).join(' x ');
  throw new ConfigError('', {
    en: `${factors} are ${runs} runs, expected at most ${MOST_RUNS} in one command; sweep fewer values, or split them over several commands with the same --name`,
    zh: `${factors} 共 ${runs} 次运行，一条命令最多 ${MOST_RUNS} 次；请减少扫描的值，或分成几条用同一个 --name 的命令`,
  });
}

/**
 * Refuses two runs of the same config. Called after the files were read, because two paths may have the same contents.
 * @throws ConfigError
 */
export async function refuseRepeated(planned: readonly PlannedRun[]): Promise<void> {
  const seen = new Map<string, PlannedRun>();
  for (const run of planned) {
    const hash = await configHash(run.config);
    const before = seen.get(hash);
    if (before) throw repeated(before, run);
    seen.set(hash, run);
  }
}

function repeated(
  { config: { data: one }, label: before }: PlannedRun,
  { config: { data: other }, label }: PlannedRun,
) {
  if (one.name === 'csv' && other.name === 'csv' && one.path !== other.path) {
    return new ConfigError('data.path', {
      en: `${one.path} and ${other.path} hold the same bytes, so that there is nothing to compare; name one of them`,
      zh: `${one.path} 与 ${other.path} 的内容完全相同，没有可比较的；只写其中一个`,
    });
  }
  return new ConfigError('', {
    en: `"${before}" and "${label}" are the same config; name each once`,
    zh: `“${before}”与“${label}”是同一个配置；每个只写一次`,
  });
}

function parseSeeds(text: string): number[] {
  const seeds = parseIntegers('--seeds', text);
  const negative = seeds.find((seed) => seed < 0);
  if (negative !== undefined) throw new ConfigError('--seeds', words().run.seedsFromZero(negative));
  return seeds;
}

type Variant = Omit<PlannedRun, 'config'> & { readonly values: Readonly<Record<string, unknown>> };

function courseVariants(study: TrainingStudy, assignments: readonly Assignment[]): Variant[] {
  if (study.course.length === 0) {
    throw new ConfigError('--course', words().run.noCourse(study.id));
  }
  const sweep = assignments.find(({ values }) => values.length > 1);
  if (sweep) throw new ConfigError(sweep.path, words().run.courseSweep);
  const given = grid(assignments)[0] ?? {};
  return study.course.map(({ label, values, metric, reported }) => {
    const clash = Object.keys(values).find((path) => path in given);
    if (clash) throw new ConfigError(clash, words().run.courseClash);
    // The course's result holds only for the course's own settings.
    const asInCourse = Object.keys(given).length === 0;
    return { values: { ...values, ...given }, label, reported: asInCourse ? { metric, value: reported } : null };
  });
}

function gridVariants(study: TrainingStudy, assignments: readonly Assignment[]): Variant[] {
  // Without a sweep, the values that were set describe the run.
  const rows = grid(assignments);
  const names = configurationNames(study, rows);
  return rows.map((values, i) => ({ values, label: names[i] || study.id, reported: null }));
}
