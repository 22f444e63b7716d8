import { isoInZone } from '@whorl/core';
import { type LineScale, xScale } from './line-scale.ts';

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];
/** Steps between ticks, in seconds, that people count by. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((count) => count * DAY),
];

/** How far a zone is ahead of UTC at a moment, in seconds. */
function aheadOf(seconds: number, timeZone: string): number {
  const local = isoInZone(seconds * 1000, timeZone).slice(0, 19);
  return Math.round((Date.parse(`${local}Z`) - Math.floor(seconds) * 1000) / 1000);
}

/**
 * A horizontal scale of moments in seconds since 1970, with ticks at full minutes, hours or days of the reader's zone.
 * @param count about how many ticks
 */
export function clockScale(ends: readonly [number, number], count: number, timeZone: string): LineScale {
  const [from, to] = ends;
  const rough = (to - from) / count;
  if (!(rough > 0.5)) return xScale(ends, false, count, 1, false);
  const step = STEPS.find((step) => step >= rough) ?? (STEPS.at(-1) as number);
  const ahead = aheadOf(from, timeZone);
  const first = Math.ceil((from + ahead) / step);
  const last = Math.floor((to + ahead) / step);
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step - ahead);
  return { from, to, logarithmic: false, ticks };
}

/** The text of a tick of such a scale: a date where ticks are days, else the time of day. */
export function clockText({ ticks }: LineScale, timeZone: string): (seconds: number) => string {
  const step = ticks.length > 1 ? (ticks[1] as number) - (ticks[0] as number) : HOUR;
  const [from, to] = step >= DAY ? [5, 10] : step >= MINUTE ? [11, 16] : [11, 19];
  return (seconds) => isoInZone(seconds * 1000, timeZone).slice(from, to);
}
