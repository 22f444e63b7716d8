import { momentOf } from './zoned.ts';

const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;
const DAY_MS = 24 * 3600 * 1000;

/** A period of time, in ms since 1970. */
export interface Period {
  readonly start: number;
  /** The first moment after the period. */
  readonly end: number;
}

/**
 * The period that an ISO date names, to the precision in which it is written: `2026-11-25` is a day,
 * `2026-11-25T10:00Z` a minute. Without an offset it is in `timeZone`, where a day may have 23 or 25 hours. Null for
 * any other text and for a day that does not exist.
 */
export function parseDate(text: string, timeZone: string): Period | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [, day, minute = '00:00', second, fraction = '', zone] = match;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const wall = Date.parse(`${day}T${minute}:${second ?? '00'}${fraction}${zone ?? 'Z'}`);
  if (Number.isNaN(wall) || new Date(midnight).toISOString().slice(0, 10) !== day) return null;
  const precision =
    match[2] === undefined
      ? DAY_MS
      : second === undefined
        ? 60_000
        : fraction === ''
          ? 1_000
          : 10 ** (4 - fraction.length);
  const start = zone === undefined ? momentOf(wall, timeZone) : wall;
  return { start, end: precision === DAY_MS ? momentOf(wall + DAY_MS, timeZone) : start + precision };
}
