import type { Observed } from './observation.ts';
import { varyingPaths } from './varying.ts';

// Which of the varying paths somebody chose to vary, and by which of them runs are compared unless asked otherwise. One
// rule for the page and the command line.

/**
 * The paths in which the runs differ: the study's own factors first, the others by name.
 * @param factors of their study, the most telling first
 */
export function varyingFactors(runs: readonly Observed[], factors: readonly string[]): string[] {
  const rank = (path: string) => (factors.includes(path) ? factors.indexOf(path) : factors.length);
  return varyingPaths(runs).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/**
 * Those of the varying paths that somebody chose. A field that only some kinds have (`optimizer.beta1` beside
 * `optimizer.name`) varies because the kind does, and is not a factor of its own.
 */
export function chosenFactors(runs: readonly Observed[], varying: readonly string[]): string[] {
  return varying.filter((path) => {
    const kind = `${path.split('.')[0]}.name`;
    const missing = runs.some(({ params }) => !Object.hasOwn(params, path));
    return !(missing && path !== kind && varying.includes(kind));
  });
}

/**
 * The factors of a comparison unless asked otherwise: the first one alone, so that another one that varies with it is
 * named as a confound and not hidden in the names of the levels.
 * @param factors in the order of {@link varyingFactors}
 */
export const defaultFactors = (factors: readonly string[]): string[] => factors.slice(0, 1);
