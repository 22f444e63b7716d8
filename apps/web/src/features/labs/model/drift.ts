import { fingerprint } from './fingerprint.ts';
import type { History } from './history.ts';

/** How far a training's losses are from those of another with the same steps. */
export interface Drift {
  /** log10 of the difference of each step: -Infinity where there is none. */
  readonly at: (step: number) => number;
  readonly fingerprint: string;
  /** The first step whose loss differs; null where none does. */
  readonly first: number | null;
}

/** @param steps those that are looked at */
export function driftOf(history: History, from: History, steps: number): Drift {
  const [loss, other] = [history.reader('loss'), from.reader('loss')];
  let first: number | null = null;
  for (let step = 0; step < steps && first === null; step++) if (!Object.is(loss(step), other(step))) first = step;
  return {
    at: (step) => Math.log10(Math.abs(loss(step) - other(step))),
    fingerprint: fingerprint(history.upTo(steps)),
    first,
  };
}
