import { LIVE_STATUSES, RUN_STATUSES, type RunStatus } from '@whorl/core';

// How far a page has come. It is the id of each live event, so that a reconnecting page goes on where it was, even with
// another process. An id travels in the address of the request, so it is short: only runs that have not ended are in
// it, in digits of base 36, and of more of them than fit in an address the first. It begins with a word for the process
// and the record that the page was told by: what another one is asked to go on with it begins anew.

/** How far the page has come with one run. */
export interface Position {
  readonly status: RunStatus;
  /** Whether it has not ended, but was asked to stop. */
  readonly stopping: boolean;
  /** The latest boundary frame that the page has. */
  readonly frame: number;
  /** How many metrics the run had. */
  readonly metrics: number;
  /** How many points all of them had together. */
  readonly logged: number;
  /** Points that the page has, in the order of the metrics that it watches. */
  readonly points: readonly number[];
}

export interface Cursor {
  /** ms since 1970: what ended before this and is not in `runs` is complete. */
  readonly since: number;
  readonly runs: ReadonlyMap<string, Position>;
  /** Of each other thing that the page follows a word for how it was. */
  readonly marks: ReadonlyMap<string, string>;
}

/** Where a page starts that was read at `since`, in ms since 1970. */
export const startAt = (since: number): Cursor => ({ since, runs: new Map(), marks: new Map() });

/** Node.js reads 16 kB of a request's head; the rest of the address and the cookies need some of it. */
const MOST_CHARACTERS = 6000;

/** A cursor as the id of an event. @param epoch digits and small letters that are others in another process or record */
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
/** A mark's key begins with a capital letter, as no id does. */
const MARK = /^([A-Z][0-9a-z]{0,32})\.([0-9a-z]{1,32})$/;
const RUN = /^([0-9a-z]{1,32})((?:\.[0-9a-z]{1,10}){4,})$/;

/** The cursor that an event's id says, and the epoch that it is of; null for anything else. */
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
