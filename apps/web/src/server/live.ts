import { setTimeout as sleep } from 'node:timers/promises';
import { LIVE_STATUSES } from '@whorl/core';
import type { RunRecord, RunSelection, Store } from '@whorl/store';
import { packColumn, packIntegers } from '#src/api/columns.ts';
import { type Cursor, type Position, writeCursor } from '#src/live/cursor.ts';
import type { Context } from './context.ts';
import { listFrames } from './frames.ts';
import { toRun } from './routers/runs.ts';
import type { Frame, PackedSeries, Run } from './schemas.ts';
import { allVisible } from './visible.ts';

// The runner is another process, so nothing tells this one of a new point: live pages read the database.

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

export interface Pace {
  readonly pollMs: number;
  /** How often to look for runs whose process died, and whether the viewer may still look. */
  readonly checkMs: number;
}

const PACE: Pace = { pollMs: 500, checkMs: 5_000 };
const SLACK_MS = 2_000;

const isLive = (run: Pick<RunRecord, 'status'>): boolean => LIVE_STATUSES.includes(run.status);

/** Whether all of a run was known to a page that had come to `cursor`, which does not name the run. */
const isComplete = (run: RunRecord, { since }: Cursor): boolean =>
  !isLive(run) && run.endedAt !== null && run.endedAt.getTime() < since - SLACK_MS;

/**
 * The runs of which something may be new. A cursor comes from outside: what it names is only looked at where the
 * selection has it.
 * @param crashed runs that were just found to have ended long ago
 */
async function watched(
  store: Store,
  { selection }: Watch,
  cursor: Cursor,
  all: boolean,
  crashed: readonly string[],
): Promise<RunRecord[]> {
  const { scope, where, archived = false } = selection;
  const named = [...cursor.runs.keys(), ...crashed];
  if (!('experimentId' in scope)) {
    const mine = new Set(scope.runIds);
    return store.runs.getMany(all ? scope.runIds : named.filter((id) => mine.has(id)));
  }
  const active = await store.runs.activeSince(scope.experimentId, new Date(cursor.since - SLACK_MS));
  const older = named.filter((id) => !active.some((run) => run.id === id));
  const rest = older.length > 0 ? await store.runs.getMany(older) : [];
  const found = [...active, ...rest.filter((run) => run.experimentId === scope.experimentId)];
  const wanted = new Set(store.runs.ids({ scope: { runIds: found.map(({ id }) => id) }, archived, where }));
  return found.filter(({ id }) => wanted.has(id));
}

const countOf = (run: RunRecord, key: string): number => run.metrics.find((item) => item.key === key)?.count ?? 0;

/**
 * Where a page starts with a run that the cursor does not name. Of one that the page may not know yet, at its first
 * point. Of another the page reads the points itself; from here on it is told the new ones, and the run's summary tells
 * it whether it has read them all.
 */
const startWith = (run: RunRecord, { keys }: Watch, { since }: Cursor): Omit<Position, 'status'> => ({
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
    const { steps, values, times } = store.metrics.read(run.id, key, offset);
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
  const told = known?.status !== run.status || metrics !== run.metrics.length;
  const position: Position = {
    status: run.status,
    frame: frames.reduce((most, { artifactId }) => Math.max(most, artifactId), frame),
    metrics: run.metrics.length,
    points: reached,
  };
  return { told, changed: told || series.length > 0 || frames.length > 0, series, frames, position };
}

/**
 * One look at the database: what is new since `cursor`, and the cursor after it.
 * @param all look at runs, too, that had ended: they may be resumed
 * @param crashed runs that were just found to have ended, some time ago, when their process died
 */
export async function look(
  store: Store,
  watch: Watch,
  cursor: Cursor,
  all = true,
  crashed: readonly string[] = [],
): Promise<{ event: LiveEvent; cursor: Cursor }> {
  const since = Date.now();
  const event: LiveEvent = { runs: [], series: [], frames: [] };
  const runs = new Map<string, Position>();
  for (const run of await watched(store, watch, cursor, all, crashed)) {
    if (!cursor.runs.has(run.id) && !crashed.includes(run.id) && isComplete(run, cursor)) continue;
    const step = await advance(store, run, watch, cursor);
    if (step.told) event.runs.push(toRun(run));
    event.series.push(...step.series);
    event.frames.push(...step.frames);
    // A run that ended stays until the clock has passed it: its last points may be younger than its status.
    const settled = !isLive(run) && !step.changed && run.endedAt !== null && run.endedAt.getTime() < since - SLACK_MS;
    if (!settled) runs.set(run.id, step.position);
  }
  return { event, cursor: { since, runs } };
}

/** Everything new in what a page watches, as it comes, until `signal` or until the viewer may not see it any more. */
export async function* liveEvents(
  context: Context,
  watch: Watch,
  start: Cursor,
  signal: AbortSignal | undefined,
  { pollMs, checkMs }: Pace = PACE,
): AsyncGenerator<{ id: string; event: LiveEvent }> {
  const { store, viewer } = context;
  const { scope } = watch.selection;
  const mayLook = async () =>
    viewer.kind === 'owner' ||
    ((await viewer.isOpen()) && ('experimentId' in scope || allVisible(context, scope.runIds)));
  let cursor = start;
  let lastCheck = Number.NEGATIVE_INFINITY;
  while (!signal?.aborted) {
    const isDue = Date.now() - lastCheck >= checkMs;
    let crashed: string[] = [];
    if (isDue) {
      lastCheck = Date.now();
      if (!(await mayLook())) return;
      crashed = await store.runs.markCrashed();
    }
    const seen = await look(store, watch, cursor, isDue, crashed);
    cursor = seen.cursor;
    const { event } = seen;
    if (event.runs.length + event.series.length + event.frames.length > 0) yield { id: writeCursor(cursor), event };
    await sleep(pollMs, undefined, signal ? { signal } : {}).catch(() => {});
  }
}
