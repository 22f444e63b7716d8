import type { WatchInput } from '#src/contract/live.ts';
import type { Target } from '#src/contract/target.ts';

/** What a part of a page follows. */
export interface Follow {
  /** When the page was read, in ms since 1970 by the server's clock. */
  readonly since: number;
  /** The runs whose statuses are told, and the points of `keys`; all parts of a page that have one have the same. */
  readonly target?: Target;
  readonly keys?: readonly string[];
  /** Whether points are drawn over time. */
  readonly times?: boolean;
  /** Whether pictures of decision boundaries are shown. */
  readonly frames?: boolean;
  /** Whether a list of experiments is shown. */
  readonly list?: boolean;
  /** Experiments that are shown as a whole. */
  readonly experiments?: readonly string[];
  /** Runs whose files are shown. */
  readonly files?: readonly string[];
}

/** What a page follows, all its parts together. */
export type Followed = Required<Omit<WatchInput, 'since' | 'lastEventId'>>;

/** What the parts of a page follow together; null where that is nothing. Two that follow the same make the same text. */
export function together(follows: readonly Follow[]): Followed | null {
  if (follows.length === 0) return null;
  const all = (of: (follow: Follow) => readonly string[] | undefined) =>
    [...new Set(follows.flatMap((follow) => of(follow) ?? []))].sort();
  return {
    // While one page takes the place of another both may be there: the one that came last is seen.
    target: follows.findLast(({ target }) => target !== undefined)?.target ?? null,
    keys: fitting(all(({ keys }) => keys)),
    times: follows.some(({ times }) => times === true),
    frames: follows.some(({ frames }) => frames === true),
    list: follows.some(({ list }) => list === true),
    experiments: all(({ experiments }) => experiments),
    files: all(({ files }) => files),
  };
}

/** What is followed travels in an address, with the cursor; a server reads 16 kB of both. */
const MOST_CHARACTERS = 4_000;

/** The first of the keys, as many as an address takes. */
export function fitting(keys: readonly string[]): string[] {
  let room = MOST_CHARACTERS;
  return keys.filter((key) => {
    room -= encodeURIComponent(JSON.stringify(key)).length + 3;
    return room >= 0;
  });
}
