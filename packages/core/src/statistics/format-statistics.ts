import { formatNumber, type NumberFormat, numberFormat } from '../text/format-number.ts';
import type { Interval } from './student.ts';
import type { Summary } from './summary.ts';

// How the numbers of a comparison are written, on pages and on the command line alike.

const SMALLEST_P = 0.0001;
const P_DECIMALS = 4;

/** A p-value in a table: `0.0123`, `< 0.0001`; `-` where there is none. */
export function formatP(p: number | null | undefined): string {
  if (p === null || p === undefined) return '-';
  if (Number.isNaN(p)) return 'NaN';
  return p < SMALLEST_P ? `< ${SMALLEST_P}` : p.toFixed(P_DECIMALS);
}

/** A p-value in a sentence: `p = 0.0123`, `p < 0.0001`. */
export const formatPSentence = (p: number): string => `p ${p < SMALLEST_P ? '' : '= '}${formatP(p)}`;

/** `[0.9300, 0.9580]`; `-` where there is none. */
export const formatInterval = (ends: Interval | null | undefined, format: NumberFormat = formatNumber): string =>
  ends ? `[${format(ends[0])}, ${format(ends[1])}]` : '-';

/** With a sign: `+0.0120`, `-0.5000`, `0`; `-` where there is none. */
export const formatSigned = (value: number | null | undefined, format: NumberFormat = formatNumber): string =>
  `${typeof value === 'number' && value > 0 ? '+' : ''}${format(value)}`;

/** A share between 0 and 1 as a percentage: `41.9%`, `< 0.1%`, `> 99.9%`, `0.0%`. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.0005) return '< 0.1%';
  if (share < 1 && share >= 0.9995) return '> 99.9%';
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)}%` : formatNumber(share);
}

/** One format for the means, standard deviations and intervals of some levels, so that their digits line up. */
export function summaryFormat(summaries: readonly (Summary | null | undefined)[]): NumberFormat {
  const found = summaries.filter((summary) => summary !== null && summary !== undefined);
  const means = found.map(({ mean }) => mean);
  return numberFormat([...means, ...found.flatMap(({ sd, ci95 }) => [sd, ...(ci95 ?? [])])], means);
}

/** Values are in single precision: a smaller share of what is compared is rounding. */
const ROUNDING = 1e-6;

/**
 * One format for the differences of some pairs and their intervals, with as many digits as a measured number has,
 * rather than as many as would tell two differences apart. What is rounding beside the others becomes 0.
 */
export function differenceFormat(
  pairs: readonly {
    readonly difference?: number | undefined;
    readonly ci95?: readonly [number, number] | null | undefined;
  }[],
): NumberFormat {
  const values = pairs.flatMap(({ difference, ci95 }) => [difference, ...(ci95 ?? [])]);
  const largest = values.reduce<number>(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value as number)) : most),
    0,
  );
  const clean = (value: number | null | undefined) =>
    typeof value === 'number' && Math.abs(value) < ROUNDING * largest ? 0 : value;
  const format = numberFormat(values.map(clean), []);
  return (value) => format(clean(value));
}
