import { EXIT } from '../terminal/exit.ts';

/** Two signals within this time are one: a terminal and the program that runs in it both pass Ctrl-C on. */
const SAME_SIGNAL_MS = 300;

/** Listens to the signals by which people stop a command. */
export interface StopSignals {
  /** Aborted by the first signal. A second one ends the process at once. */
  readonly signal: AbortSignal;
  /** Stops listening: signals have their default effect again. */
  off(): void;
}

/** Listens to these signals. */
export function stopSignals(names: readonly NodeJS.Signals[]): StopSignals {
  const controller = new AbortController();
  let askedAt = Number.NEGATIVE_INFINITY;
  const onSignal = () => {
    const isAgain = performance.now() - askedAt >= SAME_SIGNAL_MS;
    if (controller.signal.aborted && isAgain) process.exit(EXIT.interrupted); // the second signal: end now
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
