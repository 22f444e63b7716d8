import { setImmediate as nextTurn } from 'node:timers/promises';

// About the time for a chart of a hundred runs, so that two such charts are computed one after the other and the first is
// not delayed by the second.
const TURN_MS = 32;

/**
 * Reading points is synchronous. The returned function lets other requests run whenever this one has used up its share of
 * time.
 */
export function turns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await nextTurn();
    since = performance.now();
  };
}
