import { LIVE_STATUSES, RUN_STATUSES, type RunStatus } from '@whorl/core';

// How far a page has come. It is the id of each live event, so that a reconnecting page goes on where it was, even with
// another process. An id travels in the address of the request, so it is short: only runs that have not ended are in
// it, in digits of base 36, and of more of them than fit in an address the first.

/** How far the page has come with one run. */
export interface Position {
  readonly status: RunStatus;
  /** Whether it has not ended, but was asked to stop. */
  readonly stopping: boolean;
  /** The latest boundary frame that the page has. */
  readonly frame: number;
  /** How many metrics the run had. */
  readonly metrics: number;
  /** Points that the page has, in the order of the metrics that it watches. */
  readonly points: readonly number[];
}

export interface Cursor {
  /** ms since 1970: what ended before this and is not in `runs` is complete. */
  readonly since: number;
  readonly runs: ReadonlyMap<string, Position>;
}

/** Node.js reads 16 kB of a request's head; the rest of the address and the cookies need some of it. */
const MOST_CHARACTERS = 6000;

/** A cursor as the id of an event. */
export function writeCursor({ since, runs }: Cursor): string {
  let text = since.toString(36);
  for (const [id, { status, stopping, frame, metrics, points }] of runs) {
    const numbers = [RUN_STATUSES.indexOf(status) + (stopping ? RUN_STATUSES.length : 0), frame, metrics, ...points];
    const part = `~${[id, ...numbers.map((number) => number.toString(36))].join('.')}`;
    if (text.length + part.length > MOST_CHARACTERS) break;
    text += part;
  }
  return text;
}

const CURSOR = /^[0-9a-z]{1,10}(?:~[0-9a-z]{1,32}(?:\.[0-9a-z]{1,10}){3,})*$/;

/** The cursor that an event's id says; null for anything else. */
export function readCursor(id: string | null | undefined): Cursor | null {
  if (!id || id.length > 2 * MOST_CHARACTERS || !CURSOR.test(id)) return null;
  const [since = '', ...parts] = id.split('~');
  const runs = new Map<string, Position>();
  for (const part of parts) {
    const [run = '', ...digits] = part.split('.');
    const [at = 0, frame = 0, metrics = 0, ...points] = digits.map((text) => Number.parseInt(text, 36));
    const status = RUN_STATUSES[at % RUN_STATUSES.length];
    if (!status || at >= RUN_STATUSES.length + LIVE_STATUSES.length) return null;
    runs.set(run, { status, stopping: at >= RUN_STATUSES.length, frame, metrics, points });
  }
  return { since: Number.parseInt(since, 36), runs };
}
