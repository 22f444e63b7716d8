import { TRPCError } from '@trpc/server';
import type { Viewer } from './context.ts';

// What one question may cost. The text of a question says nothing of the work in it, so the work is counted before any of
// it is done: some two or three seconds at the most, for a guest a part of one.

/** What is counted, with the most that the owner and that a guest may ask for. */
const BUDGETS = {
  'conditions x runs': { owner: 2_000_000, guest: 200_000 },
  'columns x runs': { owner: 1_000_000, guest: 200_000 },
  'metrics x runs': { owner: 10_000_000, guest: 1_000_000 },
  'steps x runs': { owner: 1_000_000, guest: 100_000 },
  points: { owner: 100_000_000, guest: 20_000_000 },
  runs: { owner: 100_000, guest: 10_000 },
  'runs since the page was loaded': { owner: 100_000, guest: 2_000 },
} as const;

/** @throws TRPCError `BAD_REQUEST` where a question asks for more than its viewer may */
export function charge(viewer: Viewer, what: keyof typeof BUDGETS, count: number): void {
  const most = BUDGETS[what][viewer.kind === 'owner' ? 'owner' : 'guest'];
  if (count <= most) return;
  throw new TRPCError({
    code: 'BAD_REQUEST',
    message: `the question asks for ${count} ${what}, at most ${most} are answered; ask for less at a time`,
  });
}

/** How many requests one batch may hold; the page's own hold fewer. */
export const MOST_OF_A_BATCH = { owner: 100, share: 20 } as const;

/** How many bytes a question may have. The ids of a hundred thousand runs take 2 MB. */
export const MOST_BYTES = { owner: 10_000_000, share: 200_000 } as const;
