import { LIVE_STATUSES, RUN_STATUSES, type RunStatus } from '@whorl/core';

// How far a page has come with what it follows. It is the id of each live event, so that a page that reconnects continues
// there, even with another server process. The id is part of the request's address, so it is short: it names only runs that
// have not ended, in base 36, and where these are too many only the first ones. It starts with a word for the process and
// record. A page with another word starts anew.

/** How far the page has come with a run. */
export interface Position {
  readonly status: RunStatus;
  /** Whether it was asked to stop and has not ended yet. */
  readonly stopping: boolean;
  /** The id of the latest boundary frame that the page has. */
  readonly frame: number;
  /** How many metrics the run had. */
  readonly metrics: number;
  /** How many points all metrics had together. */
  readonly logged: number;
  /** How many points the page has, for each metric that it follows. */
  readonly points: readonly number[];
}

export interface Cursor {
  /** ms since 1970. Runs that ended before and are not in `runs` are complete. */
  readonly since: number;
  readonly runs: ReadonlyMap<string, Position>;
  /** For everything else that the page follows, a word that changes with it. */
  readonly marks: ReadonlyMap<string, string>;
}

/** The cursor of a page that was read at `since`, in ms since 1970. */
export const startAt = (since: number): Cursor => ({ since, runs: new Map(), marks: new Map() });

/** Node.js accepts 16 kB of headers, and the rest of the address and cookies need some of it. */
const MOST_CHARACTERS = 6000;

/**
 * A cursor as the id of an event.
 * @param epoch a word that differs for another process or record
 */
export function writeCursor({ since, runs, marks }: Cursor, epoch: string): string {
  let text = `${epoch}.${since.toString(36)}`;
  for (const [key, mark] of marks) text += `~${key}.${mark}`;
  for (const [id, { status, stopping, frame, metrics, logged, points }] of runs) {
    const state = RUN_STATUSES.indexOf(status) + (stopping ? RUN_STATUSES.length : 0);
    const numbers = [state, frame, metrics, logged, ...points];
    const part = `~${[id, ...numbers.map((number) => number.toString(36))].join('.')}`;
    if (text.length + part.length > MOST_CHARACTERS) break;
    text += part;
  }
  return text;
}

const START = /^([0-9a-z]{1,32})\.([0-9a-z]{1,10})$/;
/** The key of a mark begins with a capital letter, which no id of a run does. */
const MARK = /^([A-Z][0-9a-z]{0,32})\.([0-9a-z]{1,32})$/;
const RUN = /^([0-9a-z]{1,32})((?:\.[0-9a-z]{1,10}){4,})$/;

/** Parses an event's id into the cursor and its epoch; null for any other text. */
export function readCursor(id: string | null | undefined): (Cursor & { readonly epoch: string }) | null {
  if (!id || id.length > 2 * MOST_CHARACTERS) return null;
  const [first = '', ...parts] = id.split('~');
  const [, epoch, since] = START.exec(first) ?? [];
  if (epoch === undefined || since === undefined) return null;
  const runs = new Map<string, Position>();
  const marks = new Map<string, string>();
  for (const part of parts) {
    const [, key, mark] = MARK.exec(part) ?? [];
    if (key !== undefined && mark !== undefined) {
      marks.set(key, mark);
      continue;
    }
    const [, run, digits] = RUN.exec(part) ?? [];
    if (run === undefined || digits === undefined) return null;
    const numbers = digits.slice(1).split('.');
    const [at = 0, frame = 0, metrics = 0, logged = 0, ...points] = numbers.map((text) => Number.parseInt(text, 36));
    const status = RUN_STATUSES[at % RUN_STATUSES.length];
    if (!status || at >= RUN_STATUSES.length + LIVE_STATUSES.length) return null;
    runs.set(run, { status, stopping: at >= RUN_STATUSES.length, frame, metrics, logged, points });
  }
  return { epoch, since: Number.parseInt(since, 36), runs, marks };
}
