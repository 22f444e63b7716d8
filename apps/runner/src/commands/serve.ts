import { ConfigError } from '@whorl/core';
import { openStore } from '@whorl/store';
import { colour } from '../colour.ts';
import { EXIT } from '../exit.ts';
import { words } from '../messages/index.ts';
import { printJson, printLine } from '../output.ts';
import { readSettings } from '../settings.ts';
import { startWeb } from '../web-process.ts';

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

/** Resolves at Ctrl-C or SIGTERM. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

/** `whorl serve`: the web app, until Ctrl-C. */
export async function serve(flags: ServeFlags): Promise<void> {
  const port = parsePort('--port', flags.port);
  const sharePort = parsePort('--share-port', flags.sharePort);
  const { home, databaseUrl } = readSettings();
  await (await openStore({ home, databaseUrl })).close(); // a database that cannot be used is told here, not page by page
  const stopped = untilStopped();
  const web = await startWeb({ home, host: flags.host, port, shareHost: flags.shareHost, sharePort });
  if (flags.json) printJson({ url: web.url, shareUrl: web.shareUrl });
  else printLine(`${colour.bold(web.url)}\n${colour.dim(words().serve.shareLinks(web.shareUrl))}`);
  const endedByItself = await Promise.race([stopped.then(() => false), web.ended.then(() => true)]);
  await web.stop();
  process.exitCode = endedByItself ? EXIT.failed : EXIT.interrupted;
}
