import { LIVE_STATUSES, type ParamValue } from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import { chosenFactors, compareLevels, varyingPaths } from '#src/comparison/configurations.ts';
import { stepsPerEpoch } from './epochs.ts';
import type { Levels, Outline } from './schemas.ts';

/** What curves need to know of a run. */
export interface CurveRun {
  readonly id: string;
  readonly name: string;
  readonly levels: Levels;
  /** ms since 1970; null for a run that did not start. */
  readonly startedAt: number | null;
  readonly perEpoch: number | null;
}

/** The text that is the same for two runs exactly if they are of one group. */
export const groupKey = (levels: Levels): string => JSON.stringify(levels);

function levelsOf(params: Readonly<Record<string, ParamValue>>, by: readonly string[]): Levels {
  return by.map((path) => (Object.hasOwn(params, path) ? (params[path] ?? null) : null));
}

export const toCurveRun = (run: RunRecord, by: readonly string[]): CurveRun => ({
  id: run.id,
  name: run.name,
  levels: levelsOf(run.params, by),
  startedAt: run.startedAt?.getTime() ?? null,
  perEpoch: stepsPerEpoch(run),
});

/** Runs by group, the groups in order of their levels. */
export function groupsOf<R extends { readonly levels: Levels }>(runs: readonly R[]): { levels: Levels; runs: R[] }[] {
  const groups = new Map<string, { levels: Levels; runs: R[] }>();
  for (const run of runs) {
    const key = groupKey(run.levels);
    const group = groups.get(key);
    if (group) group.runs.push(run);
    else groups.set(key, { levels: run.levels, runs: [run] });
  }
  return [...groups.values()].sort((a, b) => {
    for (const [i, level] of a.levels.entries()) {
      const order = compareLevels(level ?? undefined, b.levels[i] ?? undefined);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/**
 * What there is to draw of the runs.
 * @param asked what to group by; null groups by all that someone chose, or by seed where that alone differs and `seeds`
 */
export function outlineOf(runs: readonly RunRecord[], asked: readonly string[] | null, seeds: boolean): Outline {
  const factors = chosenFactors(runs, varyingPaths(runs));
  const seedsDiffer = new Set(runs.map(({ seed }) => seed)).size > 1;
  const by = asked ?? (factors.length === 0 && seeds && seedsDiffer ? ['seed'] : factors);
  const groups = groupsOf(runs.map((run) => toCurveRun(run, by)));
  return {
    runs: runs.length,
    live: runs.filter(({ status }) => LIVE_STATUSES.includes(status)).length,
    metrics: [...new Set(runs.flatMap((run) => run.metrics.map(({ key }) => key)))].sort(),
    factors,
    by: [...by],
    groups: groups.map(({ levels, runs: members }) => ({ levels, runs: members.length })),
    study: runs[0]?.study ?? '',
    withoutEpochs: runs.filter((run) => stepsPerEpoch(run) === null).length,
  };
}
