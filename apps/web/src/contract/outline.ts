import {
  chosenFactors,
  LIVE_STATUSES,
  levelOrder,
  naturalOrder,
  own,
  type ParamValue,
  varyingFactors,
} from '@whorl/core';
import type { Levels, Outline } from './curves.ts';
import { MOST_LEVELS } from './factor-fields.ts';

/** What is needed of a run to outline the curves. */
export interface Outlined {
  readonly id: string;
  /** Null for a run without a seed. */
  readonly seed: number | null;
  readonly status: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly metrics: readonly { readonly key: string; readonly count: number }[];
}

/** A key that is equal for two runs exactly if they are in the same group. */
export const groupKey = (levels: Levels): string => JSON.stringify(levels);

/** The values of a run at the paths by which runs are grouped. */
export const groupLevels = (params: Readonly<Record<string, ParamValue>>, by: readonly string[]): Levels =>
  by.map((path) => own(params, path) ?? null);

/** Groups runs, in the order of their levels. */
export function groupsOf<R extends { readonly levels: Levels }>(runs: readonly R[]): { levels: Levels; runs: R[] }[] {
  const groups = new Map<string, { levels: Levels; runs: R[] }>();
  for (const run of runs) {
    const key = groupKey(run.levels);
    const group = groups.get(key);
    if (group) group.runs.push(run);
    else groups.set(key, { levels: run.levels, runs: [run] });
  }
  return [...groups.values()].sort((a, b) => levelOrder(a.levels, b.levels));
}

/** A legend cannot tell more groups apart than this. */
const MOST_GROUPS = 100;

/** Runs are grouped by at most so many factors. */
export const MOST_GROUPED = 16;

/**
 * The factors to group by where nobody chose: all that a question can have, the most important first, or, where that gives
 * too many groups, those with few levels.
 */
function fewGroups(runs: readonly Outlined[], all: readonly string[]): readonly string[] {
  const factors = all.slice(0, MOST_GROUPED);
  const count = (by: readonly string[]): number => {
    const seen = new Set<string>();
    for (const { params } of runs) seen.add(groupKey(groupLevels(params, by)));
    return seen.size;
  };
  if (runs.length <= MOST_GROUPS || count(factors) <= MOST_GROUPS) return factors;
  const chosen: string[] = [];
  for (const factor of factors) {
    if (count([factor]) <= MOST_LEVELS && count([...chosen, factor]) <= MOST_GROUPS) chosen.push(factor);
  }
  return chosen;
}

/** The metrics that some run has, and those of them of which none has more than one point. */
function metricsOf(runs: readonly Outlined[]): Pick<Outline, 'metrics' | 'once'> {
  const all = runs.flatMap(({ metrics }) => metrics);
  const metrics = [...new Set(all.flatMap(({ key, count }) => (count > 0 ? [key] : [])))].sort(naturalOrder);
  const curved = new Set(all.flatMap(({ key, count }) => (count > 1 ? [key] : [])));
  return { metrics, once: metrics.filter((key) => !curved.has(key)) };
}

/**
 * What can be drawn of the runs.
 * @param ofStudy the factors of their study, the most important first
 * @param asked the paths to group by; null for those that somebody varied, or, with `seeds`, the seed where only that
 * differs
 */
export function curvesOutline(
  runs: readonly Outlined[],
  ofStudy: readonly string[],
  asked: readonly string[] | null,
  seeds: boolean,
): Outline {
  const factors = chosenFactors(runs, varyingFactors(runs, ofStudy));
  const seedsDiffer = new Set(runs.map(({ seed }) => seed)).size > 1;
  const by = asked ?? (factors.length === 0 && seeds && seedsDiffer ? ['seed'] : fewGroups(runs, factors));
  const groups = groupsOf(runs.map(({ params }) => ({ levels: groupLevels(params, by) })));
  return {
    runs: runs.length,
    live: runs.filter(({ status }) => (LIVE_STATUSES as readonly string[]).includes(status)).length,
    ...metricsOf(runs),
    factors,
    by: [...by],
    groups: groups.map(({ levels, runs: members }) => ({ levels, runs: members.length })),
    fixed: {},
    ofStudy: [...ofStudy],
  };
}
