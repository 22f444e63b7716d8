import { LIVE_STATUSES } from '@whorl/core';
import type { RunRecord, RunSelection, Store } from '@whorl/store';
import { packColumn, packIntegers } from '#src/contract/columns.ts';
import type { Cursor, Position } from '#src/contract/cursor.ts';
import type { Frame, PackedSeries, Run } from '#src/contract/schemas.ts';
import { runFor } from '../access/guest-view.ts';
import { listFrames } from '../record/frames.ts';
import { readablePoints } from '../record/points.ts';

// The runner is another process, so nothing tells this one of a new point: what is new is read from the database.

/** What happened since the last event. */
export interface LiveEvent {
  /** Runs that are new, that have another status or that have another metric. */
  readonly runs: Run[];
  readonly series: PackedSeries[];
  readonly frames: Frame[];
}

export interface Watch {
  readonly selection: RunSelection;
  readonly keys: readonly string[];
  /** Whether the page shows boundaries. */
  readonly frames: boolean;
  /** Whether the page shows points over time. */
  readonly times: boolean;
}

const SLACK_MS = 2_000;

/** How many points one event holds, or little more: of a record of millions, a page is told in parts. */
const MOST_POINTS = 100_000;
/** How many runs one event tells of. */
const MOST_RUNS = 500;
/** How many records are read at a time. */
const BATCH = 100;

const isLive = (run: Pick<RunRecord, 'status'>): boolean => LIVE_STATUSES.includes(run.status);

/** Whether all of a run was known to a page that had come to `cursor`, which does not name the run. */
const isComplete = (run: RunRecord, { since }: Cursor): boolean =>
  !isLive(run) && run.endedAt !== null && run.endedAt.getTime() < since - SLACK_MS;

/**
 * The ids of the runs of which something may be new. A cursor comes from outside: what it names is only looked at where
 * the selection has it.
 * @param crashed runs that were just found to have ended long ago
 */
async function watched(
  store: Store,
  { selection }: Watch,
  cursor: Cursor,
  all: boolean,
  crashed: readonly string[],
): Promise<readonly string[]> {
  const { scope, where, timeZone, texts, archived = false } = selection;
  const named = [...cursor.runs.keys(), ...crashed];
  if (!('experimentId' in scope)) {
    const mine = new Set(scope.runIds);
    return all ? scope.runIds : named.filter((id) => mine.has(id));
  }
  const active = await store.runs.activeSince(scope.experimentId, new Date(cursor.since - SLACK_MS));
  const runIds = [...new Set([...active, ...named])];
  return store.runs.ids({ scope: { runIds }, archived, where, timeZone, texts });
}

/** The records of runs, so many at a time: of a large experiment they would not fit into memory together. */
async function* recordsOf(store: Store, { selection: { scope } }: Watch, ids: readonly string[]) {
  for (let at = 0; at < ids.length; at += BATCH) {
    for (const run of await store.runs.getMany(ids.slice(at, at + BATCH))) {
      if (!('experimentId' in scope) || run.experimentId === scope.experimentId) yield run;
    }
  }
}

const countOf = (run: RunRecord, key: string): number => run.metrics.find((item) => item.key === key)?.count ?? 0;

/**
 * Where a page starts with a run that the cursor does not name. Of one that the page may not know yet, at its first
 * point. Of another the page reads the points itself; from here on it is told the new ones, and the run's summary tells
 * it whether it has read them all.
 */
const startWith = (run: RunRecord, { keys }: Watch, { since }: Cursor): Omit<Position, 'status' | 'stopping'> => ({
  frame: 0,
  metrics: 0,
  points: keys.map((key) => (run.createdAt.getTime() >= since - SLACK_MS ? 0 : countOf(run, key))),
});

/** What one run has beyond where the page is, and where the page is after it. */
async function advance(store: Store, run: RunRecord, watch: Watch, cursor: Cursor) {
  const known = cursor.runs.get(run.id);
  const { points, frame, metrics } = known ?? startWith(run, watch, cursor);
  const series: PackedSeries[] = [];
  const reached = watch.keys.map((key, at) => {
    const offset = points[at] ?? countOf(run, key);
    if (countOf(run, key) <= offset) return offset;
    const { steps, values, times } = readablePoints(store).metrics.read(run.id, key, offset);
    if (steps.length === 0) return countOf(run, key); // damaged: said by what asks for all of it, and not again and again
    const total = offset + steps.length;
    series.push({
      runId: run.id,
      key,
      offset,
      total,
      steps: packIntegers(steps),
      values: packColumn(values),
      times: watch.times ? packIntegers(times.map(Math.round)) : '',
    });
    return total;
  });
  const frames = watch.frames ? (await listFrames(store, [run.id])).filter(({ artifactId }) => artifactId > frame) : [];
  const stopping = isLive(run) && run.stopRequestedAt !== null;
  const told = known?.status !== run.status || known.stopping !== stopping || metrics !== run.metrics.length;
  const position: Position = {
    status: run.status,
    stopping,
    frame: frames.reduce((most, { artifactId }) => Math.max(most, artifactId), frame),
    metrics: run.metrics.length,
    points: reached,
  };
  return { told, changed: told || series.length > 0 || frames.length > 0, series, frames, position };
}

/** What a look found. */
export interface Seen {
  readonly event: LiveEvent;
  /** Where a page is that has the event. */
  readonly cursor: Cursor;
}

export const isEmpty = ({ runs, series, frames }: LiveEvent): boolean =>
  runs.length + series.length + frames.length === 0;

/**
 * One look at the database: what is new since `cursor`, and the cursor after it. Of much there are several parts.
 * @param all look at runs, too, that had ended: they may be resumed
 * @param crashed runs that were just found to have ended, some time ago, when their process died
 */
export async function* look(
  store: Store,
  watch: Watch,
  cursor: Cursor,
  all = true,
  crashed: readonly string[] = [],
): AsyncGenerator<Seen, void> {
  const since = Date.now();
  let event: LiveEvent = { runs: [], series: [], frames: [] };
  const runs = new Map<string, Position>();
  let points = 0;
  let told = 0;
  for await (const run of recordsOf(store, watch, await watched(store, watch, cursor, all, crashed))) {
    if (!cursor.runs.has(run.id) && !crashed.includes(run.id) && isComplete(run, cursor)) continue;
    const step = await advance(store, run, watch, cursor);
    if (step.told) event.runs.push(runFor(watch.selection.texts ?? 'whole', run));
    event.series.push(...step.series);
    event.frames.push(...step.frames);
    // A run that ended stays until the clock has passed it: its last points may be younger than its status.
    const settled = !isLive(run) && !step.changed && run.endedAt !== null && run.endedAt.getTime() < since - SLACK_MS;
    if (!settled) runs.set(run.id, step.position);
    if (step.changed) told += 1;
    points += step.series.reduce((sum, { offset, total }) => sum + total - offset, 0);
    if (points < MOST_POINTS && told < MOST_RUNS) continue;
    // What is still to come is as the page had it, and the page as far back as it was.
    yield { event, cursor: { since: cursor.since, runs: new Map([...cursor.runs, ...runs]) } };
    event = { runs: [], series: [], frames: [] };
    points = 0;
    told = 0;
  }
  yield { event, cursor: { since, runs } };
}
