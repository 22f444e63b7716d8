import { isoInZone, offsetName } from '@whorl/core';

/**
 * A moment as the command line writes it and as queries accept it, with the zone's offset from UTC: `2026-11-29 02:27
 * UTC+8`. It is the same in every language, and of the same width in every row of a table.
 */
export function momentText(date: Date, timeZone: string): string {
  const iso = isoInZone(date.getTime(), timeZone);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} ${offsetName(date.getTime(), timeZone)}`;
}
