import type { ServerSettings } from './env.ts';

/** What the pages need to know of the process that serves them. */
export interface Running {
  readonly settings: ServerSettings;
  /** The open record, a `Store`; null until it is open. */
  readonly store: unknown;
  /** The address at which share links open; null while nothing listens there. */
  readonly shareUrl: string | null;
}

// The server and the built pages are separate bundles in one process: a global is the only thing they share.
const KEY = Symbol.for('whorl.running');
const holder = globalThis as { [KEY]?: Running | null };

/** Says how this process runs, null for no more. The server calls it before it answers anything. */
export function setRunning(running: Running | null): void {
  holder[KEY] = running;
}

/** How this process runs; null outside of the server. */
export const findRunning = (): Running | null => holder[KEY] ?? null;

/** How this process runs. @throws Error outside of the server */
export function getRunning(): Running {
  const running = holder[KEY];
  if (!running) throw new Error('the pages run only inside the server: start it with whorl serve');
  return running;
}
