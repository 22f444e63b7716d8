import { setTimeout as sleep } from 'node:timers/promises';
import { LIVE_STATUSES } from '@whorl/core';
import type { RunRecord, Store } from '@whorl/store';
import { type Cursor, type Position, writeCursor } from '#src/live/cursor.ts';
import type { Context } from './context.ts';
import { listFrames } from './frames.ts';
import { packSeries } from './routers/metrics.ts';
import { toRun } from './routers/runs.ts';
import type { Frame, PackedSeries, Run } from './schemas.ts';

// The runner is another process, so nothing tells this one of a new point: live pages read the database.

/** What happened since the last event. */
export interface LiveEvent {
  readonly runs: Run[];
  readonly series: PackedSeries[];
  readonly frames: Frame[];
}

export interface Watch {
  /** All runs of an experiment, or these runs. */
  readonly experimentId?: string | undefined;
  readonly runIds: readonly string[];
  readonly keys: readonly string[];
  /** Whether the page shows boundaries. */
  readonly frames: boolean;
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

async function watched(store: Store, { experimentId, runIds }: Watch, cursor: Cursor): Promise<RunRecord[]> {
  if (experimentId === undefined) return store.runs.getMany(runIds);
  const items = await store.runs.activeSince(experimentId, new Date(cursor.since - SLACK_MS));
  const older = Object.keys(cursor.runs).filter((id) => !items.some((run) => run.id === id));
  const rest = older.length > 0 ? await store.runs.getMany(older) : [];
  return [...items, ...rest.filter((run) => run.experimentId === experimentId)];
}

/** What one run has beyond `position`, and the position after it. */
async function advance(store: Store, run: RunRecord, watch: Watch, position: Position) {
  const points: Record<string, number> = { ...position.points };
  const series: PackedSeries[] = [];
  for (const key of watch.keys) {
    const offset = points[key] ?? 0;
    const known = run.metrics.find((item) => item.key === key);
    if (!known || known.count <= offset) continue;
    const columns = store.metrics.read(run.id, key, offset);
    const total = offset + columns.steps.length;
    series.push(packSeries(run.id, key, offset, total, columns));
    points[key] = total;
  }
  const frames = watch.frames
    ? (await listFrames(store, [run.id])).filter(({ artifactId }) => artifactId > position.frame)
    : [];
  const frame = frames.reduce((most, { artifactId }) => Math.max(most, artifactId), position.frame);
  const changed = series.length > 0 || frames.length > 0 || run.status !== position.status;
  return { changed, series, frames, position: { status: run.status, points, frame } };
}

/** One look at the database: what is new since `cursor`, and the cursor after it. */
export async function look(store: Store, watch: Watch, cursor: Cursor): Promise<{ event: LiveEvent; cursor: Cursor }> {
  const since = Date.now();
  const event: LiveEvent = { runs: [], series: [], frames: [] };
  const runs: Record<string, Position> = {};
  for (const run of await watched(store, watch, cursor)) {
    const known = cursor.runs[run.id];
    if (!known && isComplete(run, cursor)) continue;
    const step = await advance(store, run, watch, known ?? { status: '', points: {}, frame: 0 });
    if (step.changed) event.runs.push(toRun(run));
    event.series.push(...step.series);
    event.frames.push(...step.frames);
    // A run that ended stays until the clock has passed it: its last points may be younger than its status.
    const settled = !isLive(run) && !step.changed && run.endedAt !== null && run.endedAt.getTime() < since - SLACK_MS;
    if (!settled) runs[run.id] = step.position;
  }
  return { event, cursor: { since, runs } };
}

/** Everything new in what a page watches, as it comes, until `signal` or until the viewer's link is closed. */
export async function* liveEvents(
  { store, viewer }: Context,
  watch: Watch,
  start: Cursor,
  signal: AbortSignal | undefined,
  { pollMs, checkMs }: Pace = PACE,
): AsyncGenerator<{ id: string; event: LiveEvent }> {
  let cursor = start;
  let lastCheck = Number.NEGATIVE_INFINITY;
  while (!signal?.aborted) {
    if (Date.now() - lastCheck >= checkMs) {
      lastCheck = Date.now();
      if (viewer.kind === 'share' && !(await viewer.isOpen())) return;
      await store.runs.markCrashed();
    }
    const seen = await look(store, watch, cursor);
    cursor = seen.cursor;
    const { event } = seen;
    if (event.runs.length + event.series.length + event.frames.length > 0) yield { id: writeCursor(cursor), event };
    await sleep(pollMs, undefined, signal ? { signal } : {}).catch(() => {});
  }
}
