import type { EvidenceRow, MeasuredEvidence } from '#src/contract/evidence.ts';
import { metricField } from '#src/contract/question.ts';
import { valuesQuery } from '#src/features/runs-table/model/run-query.ts';

/** A comparison of more levels is not tested, so that one of the first factors is opened instead. */
const MOST_COMPARED = 40;
const FIRST_FACTORS = 2;
/** As many factors as an address of a comparison holds. */
const MOST_FACTORS = 6;

/** The address of the experiment, with the runs of a configuration alone. */
export const runsAddress = (
  experimentId: string,
  { factors, varying }: Pick<MeasuredEvidence, 'factors' | 'varying'>,
  { values }: Pick<EvidenceRow, 'values'>,
): string => {
  const by = varying.map((path) => [path, values[factors.indexOf(path)] ?? null] as const);
  const query = valuesQuery(
    by.map(([path]) => path),
    by.map(([, value]) => value),
  );
  return `/experiments/${experimentId}${query === '' ? '' : `?q=${encodeURIComponent(query)}`}`;
};

/** The address of the comparison that the rows are from, by the same metric. */
export function comparisonAddress(
  experimentId: string,
  { metric, varying, levels }: Pick<MeasuredEvidence, 'metric' | 'varying' | 'levels'>,
): string {
  const by = levels > MOST_COMPARED ? varying.slice(0, FIRST_FACTORS) : varying.slice(0, MOST_FACTORS);
  const search = new URLSearchParams({ experiment: experimentId, metric: metricField(metric, 'last') });
  if (by.length > 0) search.set('by', by.join(','));
  return `/compare?${search}`;
}
