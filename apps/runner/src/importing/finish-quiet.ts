import type { ImportTarget } from './import-file.ts';

/** A source that says no end is taken to have ended when nothing was written for so long. */
const QUIET_MS = 60 * 60 * 1000;

/**
 * Ends runs whose sources have been quiet and cannot say an end, as of when they were last written.
 * @param runIds those of which something came in
 */
export function finishQuiet({ store, known }: ImportTarget, runIds: Iterable<string>, now: number): void {
  const written = new Map<string, number>();
  for (const { runId, modifiedAt } of known.values())
    if (runId !== null) written.set(runId, Math.max(written.get(runId) ?? 0, modifiedAt));
  for (const { id, status } of store.logged.read([...runIds])) {
    const last = written.get(id);
    if (status !== 'running' || last === undefined || now - last < QUIET_MS) continue;
    store.logged.change(id, { status: 'finished', endedAt: new Date(last) });
  }
}
