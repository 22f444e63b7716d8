import { execFileSync } from 'node:child_process';
import { hostname, userInfo } from 'node:os';
import type { ClientRun } from '../run.ts';
import { Sender } from '../sender.ts';
import type { Endpoint } from '../server.ts';
import { DEFAULT_URL, type InitOptions, startRun } from '../start-run.ts';
import { FileJournal, unsentFolder, unsentJournals } from './file-journal.ts';

export * from '../exports.ts';

const open = new Set<ClientRun>();
let isListening = false;

/**
 * Starts a run. It can be logged to at once: while the server cannot be reached, messages are kept in a file, and are
 * sent later by this program or the next one that logs to that server. The environment variables WHORL_URL and
 * WHORL_TOKEN set the server.
 */
async function initInNode(options: InitOptions): Promise<ClientRun> {
  const address = {
    url: options.url ?? process.env.WHORL_URL ?? DEFAULT_URL,
    token: options.token ?? process.env.WHORL_TOKEN,
  };
  const folder = unsentFolder();
  const place = {
    address,
    environment: environmentOf(),
    journalOf: (runId: string) => new FileJournal(folder, address.url, runId),
  };
  const run: ClientRun = startRun(options, place, () => open.delete(run));
  open.add(run);
  listen();
  sendUnsent(folder, address);
  return run;
}

/**
 * Ends the runs of a program that ends without calling `finish`: as finished when it has nothing more to do, as failed
 * when it fails.
 */
function listen(): void {
  if (isListening) return;
  isListening = true;
  process.on('beforeExit', () => {
    for (const run of open) void run.finish();
  });
  process.on('exit', (code) => {
    for (const run of open) run.abandon(code === 0 ? 'finished' : 'failed');
  });
}

/** Sends what earlier programs could not. */
function sendUnsent(folder: string, address: Endpoint): void {
  for (const { runId, journal } of unsentJournals(folder, address.url)) {
    const sender = new Sender(address, runId, journal, () => {});
    void sender.drained(60_000).then(() => {
      sender.close();
      journal.close();
    });
  }
}

function environmentOf(): Record<string, string> {
  const said = {
    client: 'node',
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    host: hostname(),
    user: quietly(() => userInfo().username),
    command: process.argv.slice(1).join(' '),
    commit: quietly(() =>
      execFileSync('git', ['rev-parse', 'HEAD'], { stdio: ['ignore', 'pipe', 'ignore'], timeout: 2000 })
        .toString()
        .trim(),
    ),
  };
  return Object.fromEntries(Object.entries(said).filter(([, text]) => text !== ''));
}

function quietly(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

export { initInNode as init };
