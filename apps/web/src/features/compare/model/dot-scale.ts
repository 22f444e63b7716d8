import { linearTicks, logTicks } from '@whorl/core';
import { isOne } from '#src/charts/resolution.ts';

/** What is to be seen of a level. */
interface Measured {
  readonly runs: { readonly values: readonly number[] };
  readonly summary: { readonly ci95: readonly [number, number] | null } | null;
}

/** Maps values to pixels, and chooses ticks. */
export function dotScale(levels: readonly Measured[], logarithmic: boolean, from: number, to: number) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const see = (value: number) => {
    if (!Number.isFinite(value) || (logarithmic && value <= 0)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const { runs, summary } of levels) {
    for (const value of runs.values) see(value);
    for (const end of summary?.ci95 ?? []) see(end);
  }
  if (!(low <= high)) [low, high] = logarithmic ? [0.1, 1] : [0, 1];
  const forth = logarithmic ? Math.log10 : (value: number) => value;
  const back = logarithmic ? (value: number) => 10 ** value : (value: number) => value;
  // Values that single precision cannot tell apart count as one: ticks between their last digits would mean nothing.
  if (isOne(low, high)) low = high;
  const margin = 0.04 * (forth(high) - forth(low)) || Math.abs(forth(high)) * 0.05 || 0.5;
  const [first, last] = [forth(low) - margin, forth(high) + margin];
  const most = Math.max(2, Math.floor((to - from) / 90));
  return {
    at: (value: number) => {
      // The lower end of an interval may have no logarithm.
      const place = logarithmic && value <= 0 ? first : forth(value);
      return from + ((Math.min(last, Math.max(first, place)) - first) / (last - first)) * (to - from);
    },
    ticks: (logarithmic ? logTicks : linearTicks)(back(first), back(last), most),
  };
}
