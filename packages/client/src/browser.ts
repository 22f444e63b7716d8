import { MemoryJournal } from './journal.ts';
import type { ClientRun } from './run.ts';
import { DEFAULT_URL, type InitOptions, startRun } from './start-run.ts';

export * from './exports.ts';

/** Starts a run. It can be logged to at once; if the server does not answer, `warn` is told. */
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
