import { createHash } from 'node:crypto';
import type { RunSelection, Store, Texts } from '@whorl/store';
import type { Cursor } from '#src/contract/cursor.ts';
import type { LiveEvent } from '#src/contract/live.ts';
import { experimentFor } from '../access/guest-view.ts';

// Things that a page shows as a whole are compared by a mark, a word that changes with them. The same news may be told
// twice.

/** What a page follows as a whole. */
export interface Marked {
  readonly list: boolean;
  readonly experiments: readonly string[];
  readonly files: readonly string[];
  /** The runs that the page shows; null for none. */
  readonly selection: RunSelection | null;
  /** How the viewer reads texts. */
  readonly texts: Texts;
}

/** The changes, and the new marks. */
export interface MarkedNews {
  readonly news: Pick<LiveEvent, 'startOver' | 'list' | 'experiments' | 'logged' | 'files' | 'gone'>;
  readonly marks: ReadonlyMap<string, string>;
}

const wordOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);

/** Keys of marks: a capital letter, followed by an id. */
const [ROWS, RUNS, LOGGED, EXPERIMENT, POINTS, FILES, GONE] = ['R', 'U', 'L', 'E', 'P', 'F', 'D'] as const;

/** If more things than these were deleted, the page is told to read everything again. */
const MOST_GONE = 500;

/**
 * Looks for changes in what is followed as a whole.
 * @param cursor the marks that the page has; without a mark it has what it read at `since`
 * @param slackMs by how much the clocks of two processes may differ
 */
export async function readMarked(store: Store, marked: Marked, cursor: Cursor, slackMs: number): Promise<MarkedNews> {
  const marks = new Map<string, string>();
  /** Whether a thing has changed; undefined where that is unknown. */
  const changed = (key: string, now: string): boolean | undefined => {
    marks.set(key, now);
    const before = cursor.marks.get(key);
    return before === undefined ? undefined : before !== now;
  };
  const isLate = (date: Date): boolean => date.getTime() >= cursor.since - slackMs;
  let list: LiveEvent['list'] = null;
  if (marked.list) {
    const signs = store.experiments.signs(null);
    // For a page that has just started, crashes count as well: one may have been noticed after the page was read, with an
    // older date.
    const rows = changed(ROWS, wordOf(signs.rows)) ?? true;
    const runs = changed(RUNS, wordOf(signs.runs)) ?? true;
    const logged = changed(LOGGED, store.runs.liveLogged(null).toString(36)) ?? false;
    if (rows || runs || logged) list = { rows: rows || runs, runs, logged };
  }
  const experiments: LiveEvent['experiments'] = [];
  const logged: string[] = [];
  for (const id of marked.experiments) {
    if (!store.experiments.has(id)) continue; // deleted: told below
    // Counting a large experiment's runs by status takes a while, and most changes are only new points.
    const isOther = changed(EXPERIMENT + id, wordOf(JSON.stringify(store.experiments.signs(id))));
    // At the start the page is always told, and finds by itself what it missed.
    if (isOther !== false) {
      const experiment = experimentFor(marked.texts, await store.experiments.get(id));
      experiments.push({
        experiment: { ...experiment, damage: [...experiment.damage] },
        isNews: isOther ?? isLate(experiment.updatedAt),
      });
    }
    if (changed(POINTS + id, store.runs.liveLogged(id).toString(36))) logged.push(id);
  }
  const files: LiveEvent['files'] = [];
  for (const runId of marked.files) {
    const reached = store.artifacts.reached(runId);
    if (changed(FILES + runId, wordOf(JSON.stringify(reached))) !== false) files.push({ runId, ...reached });
  }
  const gone = goneOf(store, marked, cursor, slackMs);
  marks.set(GONE, store.deletions.latest.toString(36));
  const isMuch = gone.length > MOST_GONE;
  return { news: { startOver: isMuch, list, experiments, logged, files, gone: isMuch ? [] : gone }, marks };
}

/** What was deleted of what the page follows. A page that has just started is told of it from when it was read. */
function goneOf(store: Store, marked: Marked, { marks, since }: Cursor, slackMs: number): LiveEvent['gone'] {
  const told = marks.get(GONE);
  if (told === store.deletions.latest.toString(36)) return [];
  const deleted =
    told === undefined
      ? store.deletions.since(new Date(since - slackMs))
      : store.deletions.after(Number.parseInt(told, 36));
  const scope = marked.selection?.scope;
  const ids = new Set([...marked.files, ...(scope && 'runIds' in scope ? scope.runIds : [])]);
  const places = new Set([...marked.experiments, ...(scope && 'experimentId' in scope ? [scope.experimentId] : [])]);
  return deleted.flatMap(({ id, experimentId }) => {
    if (ids.has(id)) return [{ id, experimentId }];
    // A guest is not told which runs an experiment has lost: archived ones were never shown.
    return places.has(experimentId) ? [{ id: marked.texts === 'whole' ? id : experimentId, experimentId }] : [];
  });
}
