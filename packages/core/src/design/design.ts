import { byLevel, type DesignLevel, type Values } from './levels.ts';
import { type Observed, REPETITION } from './observation.ts';
import { own } from './own.ts';
import { varyingPaths } from './varying.ts';

/**
 * How runs are laid out for a comparison by some factors: what is compared, what makes two runs a pair, and what else
 * could cause a difference. The table, dots, matrix, command line and claims all take it from here.
 */
export interface Design<R extends Observed = Observed> {
  /** The factors: flattened config paths. */
  readonly by: readonly string[];
  readonly levels: readonly DesignLevel<R>[];
  /**
   * Fields that only some kinds of a part have (`optimizer.momentum`), which vary because a factor chooses the kind.
   */
  readonly follows: readonly string[];
  /** What differs from level to level beside the factors: a difference cannot be attributed to the factors alone. */
  readonly confounds: readonly string[];
  /** What else varies, crossed with the factors: two runs that agree in all of it and in the seed are a pair. */
  readonly blocks: readonly string[];
}

export function designOf<R extends Observed>(observations: readonly R[], by: readonly string[]): Design<R> {
  const levels = byLevel(observations, by);
  const others = varyingPaths(observations).filter((path) => !by.includes(path));
  const follows = others.filter((path) => isOfKind(path, by, levels));
  const [first, ...rest] = levels;
  const free = others.filter((path) => !follows.includes(path));
  const confounds = free.filter((path) => {
    const values = distinct(first?.runs ?? [], path);
    return rest.some(({ runs }) => !hasSameValues(runs, path, values));
  });
  return { by, levels, follows, confounds, blocks: free.filter((path) => !confounds.includes(path)) };
}

/** Whether a factor chooses the kind to which a field belongs, and only some of the kinds have the field. */
export const isOfKind = (
  path: string,
  by: readonly string[],
  levels: readonly Pick<DesignLevel<Observed>, 'runs'>[],
): boolean =>
  by.some((factor) => factor.endsWith('.name') && path.startsWith(factor.slice(0, -'name'.length))) &&
  levels.some(({ runs }) => runs.every(({ params }) => own(params, path) === undefined));

/** Those of the paths in which two groups of runs have different values. */
export const differing = (a: readonly Observed[], b: readonly Observed[], paths: readonly string[]): string[] =>
  paths.filter((path) => !hasSameValues(b, path, distinct(a, path)));

const distinct = (runs: readonly Observed[], path: string): Set<Values[number]> =>
  new Set(runs.map(({ params }) => own(params, path)));

/** Whether the runs take all of these values at a path, and no other. */
function hasSameValues(runs: readonly Observed[], path: string, values: ReadonlySet<Values[number]>): boolean {
  if (runs.length < values.size || runs.some(({ params }) => !values.has(own(params, path)))) return false;
  return distinct(runs, path).size === values.size;
}

/** The blocks of a run, as text: two runs of one level that agree in them are repetitions of each other. */
export const settingOf = ({ blocks }: Pick<Design, 'blocks'>, { params }: Observed): string =>
  JSON.stringify(blocks.map((path) => own(params, path) ?? null));

/** What two runs of different levels must share to be a pair, as text: their seed and their blocks. */
export const pairKey = (design: Pick<Design, 'blocks'>, run: Observed): string =>
  `${JSON.stringify(run.params[REPETITION] ?? null)} ${settingOf(design, run)}`;
