import { setImmediate as nextTurn } from 'node:timers/promises';

const TURN_MS = 10;

/** Reading points is synchronous: gives others their turn whenever this took its share. */
export function turns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await nextTurn();
    since = performance.now();
  };
}
