import type { EvidenceRow } from '#src/contract/evidence.ts';

type Measured = Pick<EvidenceRow, 'summary'>;

/** From this ratio of the largest to the smallest mean on, places are on a logarithmic scale. */
const MANY_TIMES = 100;

/** A mean and its interval as places within 0 and 100, from the left. */
export interface IntervalPlace {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Where the means and intervals of some rows lie beside each other; null for a row without a mean. */
export function intervalPlaces(rows: readonly Measured[]): (IntervalPlace | null)[] {
  const means = rows.flatMap(({ summary }) => (summary && Number.isFinite(summary.mean) ? [summary.mean] : []));
  const least = Math.min(...means);
  const isLog = means.length > 0 && least > 0 && Math.max(...means) >= MANY_TIMES * least;
  // An interval of a positive metric may reach below 0, where there is no logarithm: it is drawn from the left end.
  const along = (value: number): number => (isLog ? Math.log10(Math.max(value, least / 10)) : value);
  const ends = rows.flatMap(({ summary }) =>
    summary && Number.isFinite(summary.mean) ? [summary.mean, ...(summary.ci95 ?? [])].map(along) : [],
  );
  const [first, last] = [Math.min(...ends), Math.max(...ends)];
  const place = (value: number): number => (last > first ? (100 * (along(value) - first)) / (last - first) : 50);
  return rows.map(({ summary }) => {
    if (!summary || !Number.isFinite(summary.mean)) return null;
    const [low, high] = summary.ci95 ?? [summary.mean, summary.mean];
    return { mean: place(summary.mean), low: place(low), high: place(high) };
  });
}
