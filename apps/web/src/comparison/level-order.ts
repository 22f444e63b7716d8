import type { LevelValue } from '#src/server/comparison/schemas.ts';

/** Orders values of a factor: numbers by size, then texts as they stand, in the order in which they were run, null last. */
export function levelOrder(a: LevelValue, b: LevelValue): number {
  return kindOf(a) - kindOf(b) || (typeof a === 'number' && typeof b === 'number' ? a - b : 0);
}

const kindOf = (value: LevelValue): number => (value === null ? 2 : typeof value === 'number' ? 0 : 1);
