import { designOf, flatten, measuredRows, type TrainingStudy, varyingPaths } from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import type { MeasuredEvidence } from '#src/contract/evidence.ts';

/**
 * What the runs of a study's plan reached by its measure; null where there are none.
 * @param runs those of one plan, in its order
 */
export function measuredEvidence(study: TrainingStudy, runs: readonly RunRecord[]): MeasuredEvidence | null {
  const rows = measuredRows(study, runs);
  if (rows.length === 0) return null;
  const observed = runs.flatMap(({ config }) => (config ? [{ params: flatten(config) }] : []));
  const paths = varyingPaths(observed);
  const varying = study.factors.filter((path) => paths.includes(path));
  const idsOf = idsByValues(study.factors, runs);
  return {
    metric: study.measure.metric,
    factors: [...study.factors],
    varying,
    levels: designOf(observed, varying).levels.length,
    searched: study.measure.searched ?? null,
    among: study.measure.among?.name ?? null,
    pictures: [...(study.measure.pictures ?? [])],
    rows: rows.map(({ values, summary, never = 0, ...row }) => ({
      ...row,
      never,
      values: [...values],
      runIds: idsOf(values),
      summary: summary && { ...summary, ci95: summary.ci95 && [...summary.ci95] },
    })),
  };
}

/** Which runs have some values of these factors, by their seeds. */
function idsByValues(factors: readonly string[], runs: readonly RunRecord[]) {
  const ids = new Map<string, string[]>();
  const bySeed = [...runs].sort((a, b) => (a.config?.seed ?? 0) - (b.config?.seed ?? 0));
  for (const { id, config } of bySeed) {
    if (!config) continue;
    const params = flatten(config);
    const key = JSON.stringify(factors.map((path) => params[path] ?? null));
    ids.set(key, [...(ids.get(key) ?? []), id]);
  }
  return (values: readonly unknown[]): string[] => ids.get(JSON.stringify(values)) ?? [];
}
