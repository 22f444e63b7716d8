import { factorsOf, type ParamValue } from '@whorl/core';

// What runs have in common and in what they differ. The seed is no factor: it is what a configuration is repeated over.

/** What a comparison needs to know of a run. */
export interface Comparable {
  readonly id: string;
  readonly study: string;
  readonly seed: number;
  readonly params: Readonly<Record<string, ParamValue>>;
}

/** Runs that differ in nothing but their seed. */
export interface Configuration<R> {
  readonly key: string;
  /** The values of the paths that vary; undefined where its runs have no such path. */
  readonly values: Readonly<Record<string, ParamValue | undefined>>;
  readonly runs: readonly R[];
}

/** The paths whose values differ among the runs, the study's own factors first. */
export function varyingPaths(runs: readonly Comparable[]): string[] {
  const paths = new Set<string>();
  for (const { params } of runs) for (const path of Object.keys(params)) paths.add(path);
  paths.delete('seed');
  const varying = [...paths].filter((path) => runs.some(({ params }) => params[path] !== runs[0]?.params[path]));
  const factors = factorsOf(runs[0]?.study ?? '');
  const rank = (path: string) => (factors.includes(path) ? factors.indexOf(path) : factors.length);
  return varying.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/**
 * Of the varying paths, those that someone chose. A field that only some kinds have (`optimizer.beta1` beside
 * `optimizer.name`) varies because the kind does, and is no factor of its own.
 */
export function chosenFactors(runs: readonly Comparable[], varying: readonly string[] = varyingPaths(runs)): string[] {
  return varying.filter((path) => {
    const kind = `${path.split('.')[0]}.name`;
    const missing = runs.some((run) => !(path in run.params));
    return !(missing && path !== kind && varying.includes(kind));
  });
}

/** The runs grouped by the values of `paths`, in order of those values. */
export function configurationsOf<R extends Comparable>(
  runs: readonly R[],
  paths: readonly string[],
): Configuration<R>[] {
  const groups = new Map<string, R[]>();
  for (const run of runs) {
    const key = configurationKey(run, paths);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups]
    .map(([key, members]) => ({
      key,
      values: Object.fromEntries(paths.map((path) => [path, members[0]?.params[path]])),
      runs: [...members].sort((a, b) => a.seed - b.seed),
    }))
    .sort((a, b) => compareValues(a.values, b.values, paths));
}

/** A text that is the same for two runs exactly if they agree in `paths`. */
export function configurationKey(run: Comparable, paths: readonly string[]): string {
  return JSON.stringify(paths.map((path) => run.params[path] ?? null));
}

function compareValues(
  a: Configuration<never>['values'],
  b: Configuration<never>['values'],
  paths: readonly string[],
): number {
  for (const path of paths) {
    const order = compareLevels(a[path], b[path]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Orders levels of a factor: numbers by size, texts by alphabet, a missing one last. */
export function compareLevels(a: ParamValue | undefined, b: ParamValue | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}
