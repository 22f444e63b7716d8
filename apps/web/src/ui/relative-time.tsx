'use client';

import { useSyncExternalStore } from 'react';
import { useFormat } from '#src/i18n/use-format.ts';

const TICK_MS = 10_000;
const tick = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;

const UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
/** Anything more recent than this happened "now". */
const NOW_S = 45;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, TICK_MS);
  return () => clearInterval(timer);
}

interface Props {
  readonly date: Date;
  /** When the server rendered the page (ms since 1970), so that the first render is the same on both sides. */
  readonly readAt: number;
}

/** How long ago something happened, in the largest suitable unit. The tooltip shows the exact moment. */
export function RelativeTime({ date, readAt }: Props) {
  const { locale, moment } = useFormat();
  const now = useSyncExternalStore(subscribe, tick, () => readAt);
  return (
    <time dateTime={date.toISOString()} title={moment(date)}>
      {relative(locale, Math.max(0, (now - date.getTime()) / 1000))}
    </time>
  );
}

function relative(locale: string, seconds: number): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (seconds < NOW_S) return format.format(0, 'second');
  for (const [unit, size] of UNITS) if (seconds >= size) return format.format(-Math.floor(seconds / size), unit);
  return format.format(-1, 'minute');
}
