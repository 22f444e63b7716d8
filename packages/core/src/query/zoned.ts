const DAY_MS = 24 * 3600 * 1000;

/** Whether this machine knows a time zone of this name (`Asia/Shanghai`). */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** One for each zone: a format takes a thousand times longer to make than to use. */
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

/** By how many ms a zone's clocks are ahead of UTC at a moment (ms since 1970). */
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
 * The moment at which a zone's clocks show `wall` (given as the ms since 1970 at which UTC's clocks would show it). Of
 * a time shown twice, the first; a time that is skipped is taken as that much after the skip.
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

/** The offset of a zone from UTC at a moment: `UTC`, `UTC+8`, `UTC−3:30`. */
export function offsetName(moment: number, timeZone: string): string {
  const offset = offsetAt(moment, timeZone);
  const minutes = Math.trunc(Math.abs(offset) / 60_000);
  if (minutes === 0) return 'UTC';
  const rest = minutes % 60;
  return `UTC${offset < 0 ? '−' : '+'}${Math.floor(minutes / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}
