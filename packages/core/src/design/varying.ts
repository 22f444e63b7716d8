import type { Observed } from './observation.ts';
import { own } from './own.ts';
import { isSeedParam } from './seed-param.ts';

/**
 * Whether a path may be a factor. The seed may not: a configuration is repeated over it. Nor may the hash of a file:
 * the file's path already stands for its contents, and levels are named by it.
 */
export const isFactor = (path: string): boolean => !isSeedParam(path) && path !== 'data.sha256';

/** The paths that may be factors and in which the observations differ, in order. */
export function varyingPaths(observations: readonly Observed[]): string[] {
  const paths = new Set<string>();
  for (const { params } of observations) for (const path of Object.keys(params)) paths.add(path);
  return [...paths].filter((path) => isFactor(path) && varies(observations, path)).sort();
}

/** Whether a path has two values. Where one varies, the first few runs mostly show it. */
function varies(observations: readonly Observed[], path: string): boolean {
  const first = new Set([own(observations[0]?.params ?? {}, path)]);
  return observations.some(({ params }) => !first.has(own(params, path)));
}
