import type { Observed } from './observation.ts';
import { varyingPaths } from './varying.ts';

// Which of the paths that vary somebody chose to vary, and which of them a comparison is by where nothing else is asked.
// One rule for the page and the command line.

/**
 * The paths in which the runs differ, the study's own factors first, the others by name.
 * @param factors of their study, the most telling first
 */
export function varyingFactors(runs: readonly Observed[], factors: readonly string[]): string[] {
  const rank = (path: string) => (factors.includes(path) ? factors.indexOf(path) : factors.length);
  return varyingPaths(runs).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/**
 * Of the varying paths, those that someone chose. A field that only some kinds have (`optimizer.beta1` beside
 * `optimizer.name`) varies because the kind does, and is no factor of its own.
 */
export function chosenFactors(runs: readonly Observed[], varying: readonly string[]): string[] {
  return varying.filter((path) => {
    const kind = `${path.split('.')[0]}.name`;
    const missing = runs.some(({ params }) => !Object.hasOwn(params, path));
    return !(missing && path !== kind && varying.includes(kind));
  });
}

/**
 * What a comparison is by where nothing is asked: the first factor alone, so that another one that differs with it is
 * called a confound and not hidden in the names of the levels.
 * @param factors in the order of {@link varyingFactors}
 */
export const defaultFactors = (factors: readonly string[]): string[] => factors.slice(0, 1);
