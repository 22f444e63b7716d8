import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WhorlError } from '@whorl/core';
import { words } from '../messages/index.ts';
import { FailedError } from '../terminal/exit.ts';
import { note } from '../terminal/output.ts';
import { removeServerAddress, type ServerAddress, writeServerAddress } from './links.ts';
import { ServerLog, serverLogFile } from './server-log.ts';

export interface ServeOptions {
  readonly home: string;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly shareHost?: string | undefined;
  readonly sharePort?: number | undefined;
  /** Aborting it also cancels the start. */
  readonly stopped: AbortSignal;
  /** Called with the errors that the app prints once it answers. The log has them in any case. */
  readonly onError?: (text: string) => void;
}

/** The web app as a child process. It ends when this process ends, however that happens. */
export interface WebProcess extends ServerAddress {
  /** Resolves when the child has ended: null where it was stopped, else why it ended. */
  readonly ended: Promise<FailedError | null>;
  stop(): Promise<void>;
}

const READY_MS = 60_000; // a busy machine takes half of it
const STOP_MS = 3000;
/** At most this many characters of the app's last output are quoted in an error. */
const MOST_SAID = 4000;

/**
 * glibc keeps freed memory per thread: with one arena for each of Node.js's threads a server holds 50 MB that it never uses.
 */
const MALLOC_ARENAS = '2';

/** The app's server, relative to `dist`, where the built runner is. */
const ENTRY = fileURLToPath(new URL('../../web/dist/main.js', import.meta.url));

export const webIsBuilt = (): boolean => existsSync(ENTRY);

/**
 * Starts the web app and waits until it answers.
 * @returns null where it was stopped before it answered
 * @throws WhorlError quoting what the app printed
 */
export async function startWeb({
  home,
  host,
  port,
  shareHost,
  sharePort,
  stopped,
  onError = () => {},
}: ServeOptions): Promise<WebProcess | null> {
  if (!webIsBuilt()) throw new WhorlError(words().web.notBuilt);
  const child = fork(ENTRY, [], {
    env: {
      MALLOC_ARENA_MAX: MALLOC_ARENAS,
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      WHORL_HOME: home,
      WHORL_SERVER_LOG: serverLogFile(home),
      ...(host === undefined ? {} : { WHORL_HOST: host }),
      ...(port === undefined ? {} : { WHORL_PORT: String(port) }),
      ...(shareHost === undefined ? {} : { WHORL_SHARE_HOST: shareHost }),
      ...(sharePort === undefined ? {} : { WHORL_SHARE_PORT: String(sharePort) }),
    },
    // In a process group of its own, so that Ctrl-C does not reach it: it is stopped after the current run has noted its
    // end.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = new ServerLog(home);
  let said = '';
  let isReady = false;
  const hear = (text: string) => {
    said = `${said}${text}`.slice(-MOST_SAID);
    log.write(text);
  };
  child.stdout?.setEncoding('utf8').on('data', hear);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    hear(text);
    if (isReady) onError(text);
  });
  child.once('close', () => log.close());
  let isStopped = false;
  const gone = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const address = await ready(child, stopped).catch((error: Error) => {
    child.kill('SIGKILL');
    if (stopped.aborted) return null;
    throw new WhorlError(words().web.notStarted(said.trim() || error.message));
  });
  if (!address) return null;
  isReady = true;
  said = ''; // from now on: what the app prints before it ends
  keepNote(() => writeServerAddress(home, address));
  const ended = gone.then(([code, signal]) => {
    keepNote(() => removeServerAddress(home));
    return isStopped ? null : new FailedError(words().web.ended(signal ?? String(code), said.trim()));
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    isStopped = true;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(late);
  };
  return { ...address, ended, stop };
}

/** The app runs in a home that cannot be written, too. Only other commands then do not know its address. */
function keepNote(keep: () => void): void {
  try {
    keep();
  } catch (error) {
    note(words().web.noNote((error as Error).message));
  }
}

async function ready(child: ChildProcess, stopped: AbortSignal): Promise<ServerAddress> {
  const signal = AbortSignal.any([AbortSignal.timeout(READY_MS), stopped]);
  const gone = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`it ended with code ${code}`);
  });
  const [address] = (await Promise.race([once(child, 'message', { signal }), gone])) as [ServerAddress];
  gone.catch(() => {});
  return { url: address.url, shareUrl: address.shareUrl };
}
