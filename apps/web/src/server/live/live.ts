import { LIVE_STATUSES } from '@whorl/core';
import type { RunRecord, RunSelection, Store } from '@whorl/store';
import { packColumn, packIntegers } from '#src/contract/columns.ts';
import type { Cursor, Position } from '#src/contract/cursor.ts';
import { type LiveEvent, NO_NEWS } from '#src/contract/live.ts';
import type { PackedSeries } from '#src/contract/schemas.ts';
import { runFor } from '../access/guest-view.ts';
import { briefMetrics } from '../record/brief-metrics.ts';
import { listFrames } from '../record/frames.ts';
import { readablePoints } from '../record/points.ts';
import { type Marked, readMarked } from './marks.ts';

// The runner is another process and does not notify this one, so news is read from the database.

export interface Watch extends Marked {
  readonly keys: readonly string[];
  /** Whether the page shows decision boundaries. */
  readonly frames: boolean;
  /** Whether the runs had ended: nothing of them is read, and only their deletion is told. */
  readonly still: boolean;
  /** Whether the page shows points over time. */
  readonly times: boolean;
}

const SLACK_MS = 2_000;

/** About how many points one event has. From a record of millions, a page gets several events. */
const MOST_POINTS = 100_000;
/** How many runs one event has. */
const MOST_RUNS = 500;
/** How many run records are read at a time. */
const BATCH = 100;

const isLive = (run: Pick<RunRecord, 'status'>): boolean => LIVE_STATUSES.includes(run.status);

/**
 * Whether a page at `cursor` already has everything of a run that the cursor does not name. A crash may have been noticed
 * after the page was read, whatever its date, so crashed runs never count.
 */
const isComplete = (run: RunRecord, { since }: Pick<Cursor, 'since'>): boolean =>
  !isLive(run) && run.status !== 'crashed' && run.endedAt !== null && run.endedAt.getTime() < since - SLACK_MS;

/**
 * The ids of runs that may have news. The cursor comes from outside, so the runs it names count only if they are in the
 * selection.
 */
async function watched(
  store: Store,
  selection: RunSelection,
  cursor: Cursor,
  all: boolean,
): Promise<readonly string[]> {
  const { scope, where, timeZone, texts, archived = false } = selection;
  const named = [...cursor.runs.keys()];
  if (!('experimentId' in scope)) {
    const mine = new Set(scope.runIds);
    return all ? scope.runIds : named.filter((id) => mine.has(id));
  }
  const active = await store.runs.activeSince(scope.experimentId, new Date(cursor.since - SLACK_MS));
  const runIds = [...new Set([...active, ...named])];
  return store.runs.ids({ scope: { runIds }, archived, where, timeZone, texts });
}

/** Reads run records in batches: all those of a large experiment would not fit into memory. */
async function* recordsOf(store: Store, { scope }: RunSelection, ids: readonly string[]) {
  for (let at = 0; at < ids.length; at += BATCH) {
    for (const run of await store.runs.getMany(ids.slice(at, at + BATCH))) {
      if (!('experimentId' in scope) || run.experimentId === scope.experimentId) yield run;
    }
  }
}

const loggedOf = ({ metrics }: RunRecord): number => metrics.reduce((sum, { count }) => sum + count, 0);
const countOf = (run: RunRecord, key: string): number => run.metrics.find((item) => item.key === key)?.count ?? 0;

/**
 * The starting position for a run that the cursor does not name. If the page may not know the run, it starts at the first
 * point. Otherwise the page reads existing points by itself and is sent new ones; the run's summary tells it whether it has
 * all.
 */
const startWith = (run: RunRecord, { keys }: Watch, { since }: Cursor): Omit<Position, 'status' | 'stopping'> => ({
  frame: 0,
  metrics: 0,
  logged: loggedOf(run),
  points: keys.map((key) => (run.createdAt.getTime() >= since - SLACK_MS ? 0 : countOf(run, key))),
});

/** The news of one run after a position, and the new position. */
async function advance(store: Store, run: RunRecord, watch: Watch, cursor: Cursor) {
  const known = cursor.runs.get(run.id);
  const { points, frame, metrics, logged } = known ?? startWith(run, watch, cursor);
  const series: PackedSeries[] = [];
  const reached = watch.keys.map((key, at) => {
    const offset = points[at] ?? countOf(run, key);
    if (countOf(run, key) <= offset) return offset;
    const { steps, values, times } = readablePoints(store).metrics.read(run.id, key, offset);
    if (steps.length === 0) return countOf(run, key); // damaged: reported by whoever reads the whole series, not repeatedly here
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
  const isTouched = logged !== loggedOf(run);
  const position: Position = {
    status: run.status,
    stopping,
    frame: frames.reduce((most, { artifactId }) => Math.max(most, artifactId), frame),
    metrics: run.metrics.length,
    logged: loggedOf(run),
    points: reached,
  };
  const changed = told || isTouched || series.length > 0 || frames.length > 0;
  return { told, isTouched, changed, series, frames, position };
}

/** The result of a look at the record. */
export interface Seen {
  readonly event: LiveEvent;
  /** The position of a page that has received the event. */
  readonly cursor: Cursor;
}

export const isEmpty = (event: LiveEvent): boolean =>
  !event.startOver &&
  event.list === null &&
  Object.values(event).every((part) => !Array.isArray(part) || part.length === 0);

/** An event without news. */
const begin = (): LiveEvent => ({ ...NO_NEWS, runs: [], added: [], touched: [], series: [], frames: [] });

/**
 * Reads from the database what is new since `cursor`, in several parts where there is much.
 * @param all also checks runs that had ended: they may have been resumed
 */
export async function* look(store: Store, watch: Watch, cursor: Cursor, all = true): AsyncGenerator<Seen, void> {
  const since = Date.now();
  const selection = watch.still ? null : watch.selection;
  const marked = await readMarked(store, watch, cursor, SLACK_MS);
  let event = begin();
  const runs = new Map<string, Position>();
  let points = 0;
  let told = 0;
  const ids = selection ? await watched(store, selection, cursor, all) : [];
  for await (const run of selection ? recordsOf(store, selection, ids) : []) {
    const isKnown = cursor.runs.has(run.id);
    if (!isKnown && isComplete(run, cursor)) continue;
    const step = await advance(store, run, watch, cursor);
    if (step.told) event.runs.push(runFor(watch.texts, run, (told) => briefMetrics(told, watch.keys)));
    if (step.told && !isKnown && run.createdAt.getTime() >= cursor.since - SLACK_MS) event.added.push(run.id);
    if (step.isTouched) event.touched.push({ id: run.id, experimentId: run.experimentId });
    event.series.push(...step.series);
    event.frames.push(...step.frames);
    // An ended run is kept in the cursor for a while: its last points may be newer than its status.
    if (step.changed || !isComplete(run, { since })) runs.set(run.id, step.position);
    if (step.changed) told += 1;
    points += step.series.reduce((sum, { offset, total }) => sum + total - offset, 0);
    if (points < MOST_POINTS && told < MOST_RUNS) continue;
    // For the remaining runs the page is still at its old position.
    yield { event, cursor: { ...cursor, runs: new Map([...cursor.runs, ...runs]) } };
    event = begin();
    points = 0;
    told = 0;
  }
  yield { event: { ...event, ...marked.news }, cursor: { since, runs, marks: marked.marks } };
}
