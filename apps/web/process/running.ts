import type { ServerSettings } from './env.ts';

/** What pages need to know about the server process. */
export interface Running {
  readonly settings: ServerSettings;
  /** The open record, a `Store`; null until it is open. */
  readonly store: unknown;
  /** The address of share links; null while nothing listens there. */
  readonly shareUrl: string | null;
}

// The server and the built pages are separate bundles in one process, and share nothing but globals.
const KEY = Symbol.for('whorl.running');
const holder = globalThis as { [KEY]?: Running | null };

/** Publishes the state of this process; null when it ends. The server calls it before it answers anything. */
export function setRunning(running: Running | null): void {
  holder[KEY] = running;
}

/** The state of this process; null outside of the server. */
export const findRunning = (): Running | null => holder[KEY] ?? null;

/**
 * The state of this process.
 * @throws Error outside of the server
 */
export function getRunning(): Running {
  const running = holder[KEY];
  if (!running) throw new Error('the pages run only inside the server: start it with whorl serve');
  return running;
}
