import type { ParamValue } from '@whorl/core';
import { levelOrder, own } from '@whorl/core';

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

/** The runs grouped by the values of `paths`, in order of those values. */
export function configurationsOf<R extends Comparable>(
  runs: readonly R[],
  paths: readonly string[],
): Configuration<R>[] {
  const valuesOf = ({ values }: Configuration<R>) => paths.map((path) => own(values, path));
  const groups = new Map<string, R[]>();
  for (const run of runs) {
    const key = configurationKey(run, paths);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups]
    .map(([key, members]) => ({
      key,
      values: Object.fromEntries(paths.map((path) => [path, own(members[0]?.params ?? {}, path)])),
      runs: [...members].sort((a, b) => a.seed - b.seed),
    }))
    .sort((a, b) => levelOrder(valuesOf(a), valuesOf(b)));
}

/** A text that is the same for two runs exactly if they agree in `paths`. */
export function configurationKey(run: Comparable, paths: readonly string[]): string {
  return JSON.stringify(paths.map((path) => own(run.params, path) ?? null));
}
