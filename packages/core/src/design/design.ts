import { byLevel, type DesignLevel, type Values } from './levels.ts';
import { type Observed, REPETITION } from './observation.ts';
import { own } from './own.ts';
import { varyingPaths } from './varying.ts';

/**
 * How some runs are laid out for a comparison by some factors: what is compared, what makes two runs a pair, and what stands
 * between a difference and its cause. Table, dots, matrix, command line and claims take it from here.
 */
export interface Design<R extends Observed = Observed> {
  /** The factors: flattened config paths. */
  readonly by: readonly string[];
  readonly levels: readonly DesignLevel<R>[];
  /** Fields that only some kinds of a part have (`optimizer.momentum`): they vary because a factor chooses the kind. */
  readonly follows: readonly string[];
  /** What differs from level to level beside the factors: no difference can be laid to them alone. */
  readonly confounds: readonly string[];
  /** What else varies, crossed with the factors: two runs that agree in these and in the seed are a pair. */
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

/** A field that only some kinds of a part have belongs to the factor that chooses the kind. */
export const isOfKind = (
  path: string,
  by: readonly string[],
  levels: readonly Pick<DesignLevel<Observed>, 'runs'>[],
): boolean =>
  by.some((factor) => factor.endsWith('.name') && path.startsWith(factor.slice(0, -'name'.length))) &&
  levels.some(({ runs }) => runs.every(({ params }) => own(params, path) === undefined));

/** Of some paths those of which two groups have other values. */
export const differing = (a: readonly Observed[], b: readonly Observed[], paths: readonly string[]): string[] =>
  paths.filter((path) => !hasSameValues(b, path, distinct(a, path)));

const distinct = (runs: readonly Observed[], path: string): Set<Values[number]> =>
  new Set(runs.map(({ params }) => own(params, path)));

/** Whether some runs have these values of a path, each of them and no other. */
function hasSameValues(runs: readonly Observed[], path: string, values: ReadonlySet<Values[number]>): boolean {
  if (runs.length < values.size || runs.some(({ params }) => !values.has(own(params, path)))) return false;
  return distinct(runs, path).size === values.size;
}

/** What two runs of one level must differ in to be no repetition of each other: their blocks. */
export const settingOf = ({ blocks }: Pick<Design, 'blocks'>, { params }: Observed): string =>
  JSON.stringify(blocks.map((path) => own(params, path) ?? null));

/** What two runs of other levels must share to be a pair: their seed and their blocks. */
export const pairKey = (design: Pick<Design, 'blocks'>, run: Observed): string =>
  `${JSON.stringify(run.params[REPETITION] ?? null)} ${settingOf(design, run)}`;
