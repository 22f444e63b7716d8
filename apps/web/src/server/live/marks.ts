import { createHash } from 'node:crypto';
import type { Store, Texts } from '@whorl/store';
import type { Cursor } from '#src/contract/cursor.ts';
import type { LiveEvent } from '#src/contract/live.ts';
import { experimentFor } from '../access/guest-view.ts';

// Of what a page shows as a whole, a word says how it was: another word is news. What is told of it may be told twice.

/** What is followed as a whole. */
export interface Marked {
  readonly list: boolean;
  readonly experiments: readonly string[];
  readonly files: readonly string[];
  /** How the viewer reads texts. */
  readonly texts: Texts;
}

/** What happened to it, and the words for how it is. */
export interface MarkedNews {
  readonly news: Pick<LiveEvent, 'list' | 'experiments' | 'logged' | 'files'>;
  readonly marks: ReadonlyMap<string, string>;
}

const wordOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);

/** The keys of the marks: a capital letter, and what it is of. */
const [ROWS, RUNS, LOGGED, EXPERIMENT, POINTS, FILES] = ['R', 'U', 'L', 'E', 'P', 'F'] as const;

/**
 * Looks at what is followed as a whole.
 * @param cursor how the page has it: of a thing without a word there, the page has what it read at `since`
 * @param slackMs by how much the clocks of two processes may differ
 */
export async function readMarked(store: Store, marked: Marked, cursor: Cursor, slackMs: number): Promise<MarkedNews> {
  const marks = new Map<string, string>();
  /** Whether a thing is other than it was; undefined where that is not known. */
  const changed = (key: string, now: string): boolean | undefined => {
    marks.set(key, now);
    const before = cursor.marks.get(key);
    return before === undefined ? undefined : before !== now;
  };
  const isLate = (date: Date): boolean => date.getTime() >= cursor.since - slackMs;
  let list: LiveEvent['list'] = null;
  if (marked.list) {
    const signs = store.experiments.signs(null);
    // One question more for a page that has just begun: a crash may have been found since it was read, at an old date.
    const rows = changed(ROWS, wordOf(signs.rows)) ?? true;
    const runs = changed(RUNS, wordOf(signs.runs)) ?? true;
    const logged = changed(LOGGED, store.runs.liveLogged(null).toString(36)) ?? false;
    if (rows || runs || logged) list = { rows: rows || runs, runs, logged };
  }
  const experiments: LiveEvent['experiments'] = [];
  const logged: string[] = [];
  for (const id of marked.experiments) {
    // Counting the runs of a large experiment by their status takes a while, and mostly nothing but points is new.
    const isOther = changed(EXPERIMENT + id, wordOf(JSON.stringify(store.experiments.signs(id))));
    // At the beginning the page is told in any case, and finds what it missed by itself.
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
  return { news: { list, experiments, logged, files }, marks };
}
