import { EXIT } from '../terminal/exit.ts';

/** A signal so soon after another is the same one: a terminal and the program that runs in it both pass it on. */
const SAME_SIGNAL_MS = 300;

/** What people stop a command with, while it lasts. */
export interface StopSignals {
  /** Aborted by the first; the next one ends the process at once. */
  readonly signal: AbortSignal;
  /** Leaves signals to what they do by themselves. */
  off(): void;
}

/** Listens to these signals. */
export function stopSignals(names: readonly NodeJS.Signals[]): StopSignals {
  const controller = new AbortController();
  let askedAt = Number.NEGATIVE_INFINITY;
  const onSignal = () => {
    const isAgain = performance.now() - askedAt >= SAME_SIGNAL_MS;
    if (controller.signal.aborted && isAgain) process.exit(EXIT.interrupted); // asked twice: now
    askedAt = performance.now();
    controller.abort();
  };
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    off: () => {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
