import { MemoryJournal } from './journal.ts';
import type { ClientRun } from './run.ts';
import { DEFAULT_URL, type InitOptions, startRun } from './start-run.ts';

export * from './exports.ts';

/** Begins a run. It is logged to at once; whether the server answers is told to `warn`. */
async function initInBrowser(options: InitOptions): Promise<ClientRun> {
  const run = startRun(options, {
    address: { url: options.url ?? DEFAULT_URL, token: options.token },
    environment: { client: 'browser', userAgent: navigator.userAgent },
    journalOf: () => new MemoryJournal(),
  });
  addEventListener('pagehide', () => run.flush());
  return run;
}

export { initInBrowser as init };
