import type { WatchInput } from '#src/contract/live.ts';
import type { Target } from '#src/contract/target.ts';

/** What a component follows. */
export interface Follow {
  /** When the page was read, in ms since 1970 by the server's clock. */
  readonly since: number;
  /**
   * The runs whose statuses, and whose points of `keys`, are sent. All components of a page that have a target have the
   * same.
   */
  readonly target?: Target;
  readonly keys?: readonly string[];
  /** Whether the target's runs had ended, so that nothing but their deletion is news. */
  readonly still?: boolean;
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

/** What all components of a page follow together. */
export type Followed = Required<Omit<WatchInput, 'since' | 'lastEventId'>>;

/** Combines what the components follow; null where they follow nothing. */
export function together(follows: readonly Follow[]): Followed | null {
  if (follows.length === 0) return null;
  const all = (of: (follow: Follow) => readonly string[] | undefined) =>
    [...new Set(follows.flatMap((follow) => of(follow) ?? []))].sort();
  return {
    // During navigation both pages may be mounted, and the newer one counts.
    target: follows.findLast(({ target }) => target !== undefined)?.target ?? null,
    still: follows.every(({ target, still }) => target === undefined || still === true),
    keys: fitting(all(({ keys }) => keys)),
    times: follows.some(({ times }) => times === true),
    frames: follows.some(({ frames }) => frames === true),
    list: follows.some(({ list }) => list === true),
    experiments: all(({ experiments }) => experiments),
    files: all(({ files }) => files),
  };
}

/** Keys are part of an address, together with the cursor. A server accepts 16 kB for both. */
const MOST_CHARACTERS = 4_000;

/** The first keys, as many as fit into an address. */
export function fitting(keys: readonly string[]): string[] {
  let room = MOST_CHARACTERS;
  return keys.filter((key) => {
    room -= encodeURIComponent(JSON.stringify(key)).length + 3;
    return room >= 0;
  });
}
