const DAY_MS = 24 * 3600 * 1000;

/** Whether there is a time zone of this name (`Asia/Shanghai`) here. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** One a zone: a format takes longer to make than a thousand times to use. */
const formats = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATS = 50;

function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  if (formats.size >= MOST_FORMATS) formats.clear();
  const made = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, made);
  return made;
}

/** By how many ms the clocks of a zone are ahead of UTC at a moment (ms since 1970). */
export function offsetAt(moment: number, timeZone: string): number {
  const name =
    offsetFormat(timeZone)
      .formatToParts(moment)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name) ?? [];
  const size = 1000 * (3600 * Number(hours) + 60 * Number(minutes) + Number(seconds));
  return sign === '-' ? -size : size;
}

/**
 * The moment at which the clocks of a zone show `wall` (the ms since 1970 at which those of UTC would). Of a time that
 * they show twice, the first; of one that they leap over, as long after the leap as it is after the leap's start.
 */
export function momentOf(wall: number, timeZone: string): number {
  const before = offsetAt(wall - DAY_MS, timeZone);
  const after = offsetAt(wall + DAY_MS, timeZone);
  const shown = [wall - before, wall - after].filter((moment) => moment + offsetAt(moment, timeZone) === wall);
  return shown.length === 0 ? wall - before : Math.min(...shown);
}

/** A moment as ISO 8601 with the offset of a zone: `2026-11-29T02:27:05.120+08:00`. */
export function isoInZone(moment: number, timeZone: string): string {
  const offset = offsetAt(moment, timeZone);
  const minutes = Math.trunc(Math.abs(offset) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  return `${new Date(moment + offset).toISOString().slice(0, -1)}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** How far the clocks of a zone are from UTC at a moment: `UTC`, `UTC+8`, `UTC−3:30`. */
export function offsetName(moment: number, timeZone: string): string {
  const offset = offsetAt(moment, timeZone);
  const minutes = Math.trunc(Math.abs(offset) / 60_000);
  if (minutes === 0) return 'UTC';
  const rest = minutes % 60;
  return `UTC${offset < 0 ? '−' : '+'}${Math.floor(minutes / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}
