import { once } from 'node:events';
import { ConfigError } from '@whorl/core';
import { openStore } from '@whorl/store';
import { words } from '../messages/index.ts';
import { noteOnlyRead } from '../record/record.ts';
import { readSettings } from '../record/settings.ts';
import { startWeb, type WebProcess } from '../serving/web-process.ts';
import { stopSignals } from '../stopping/stop-signals.ts';
import { colour, inColoursOf } from '../terminal/colour.ts';
import { EXIT } from '../terminal/exit.ts';
import { printJson, printLine } from '../terminal/output.ts';

export interface ServeFlags {
  readonly host?: string;
  readonly port?: string;
  readonly shareHost?: string;
  readonly sharePort?: string;
  readonly json?: boolean;
}

function parsePort(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new ConfigError(flag, words().serve.port(text));
}

/** A signal that Ctrl-C or SIGTERM aborts. The handlers stay for the rest of the process's life. */
export function untilStopped(): AbortSignal {
  return stopSignals(['SIGINT', 'SIGTERM']).signal;
}

/** Serves until it is stopped. @throws FailedError where the web app ended by itself */
export async function serveUntil(stopped: AbortSignal, web: WebProcess): Promise<void> {
  const wasStopped = stopped.aborted ? Promise.resolve(null) : once(stopped, 'abort').then(() => null);
  const error = await Promise.race([wasStopped, web.ended]);
  if (error) throw error;
}

/** `whorl serve`: the web app, until Ctrl-C. */
export async function serve(flags: ServeFlags): Promise<void> {
  const port = parsePort('--port', flags.port);
  const sharePort = parsePort('--share-port', flags.sharePort);
  const { home, databaseUrl } = readSettings();
  // Report a database that cannot be used here, before any page fails because of it.
  const store = await openStore({ home, databaseUrl, readOnly: 'if needed' });
  if (store.readOnlyBecause) noteOnlyRead(store.readOnlyBecause);
  await store.close();
  const stopped = untilStopped();
  const onError = (text: string) => void process.stderr.write(inColoursOf(process.stderr, text));
  const web = await startWeb({ home, host: flags.host, port, shareHost: flags.shareHost, sharePort, stopped, onError });
  if (web) {
    if (flags.json) printJson({ url: web.url, shareUrl: web.shareUrl });
    else printLine(`${colour.bold(web.url)}\n${colour.dim(words().serve.shareLinks(web.shareUrl))}`);
    await serveUntil(stopped, web);
    await web.stop();
  }
  process.exitCode = EXIT.interrupted;
}
