import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WhorlError } from '@whorl/core';
import { removeServerAddress, type ServerAddress, writeServerAddress } from './links.ts';
import { words } from './messages/index.ts';

export interface ServeOptions {
  readonly home: string;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly shareHost?: string | undefined;
  readonly sharePort?: number | undefined;
}

/** The web app as a child process. It ends with this process, however this process ends. */
export interface WebProcess extends ServerAddress {
  /** Resolves when the child has gone. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const READY_MS = 60_000; // a machine that does much else at the time takes half of it
const STOP_MS = 3000;

/** The app's server; as seen from `dist`, where this runs. */
const ENTRY = fileURLToPath(new URL('../../web/dist/main.js', import.meta.url));

export const webIsBuilt = (): boolean => existsSync(ENTRY);

/** Starts the web app and waits until it answers. @throws WhorlError with what the app said */
export async function startWeb({ home, host, port, shareHost, sharePort }: ServeOptions): Promise<WebProcess> {
  if (!webIsBuilt()) throw new WhorlError(words().web.notBuilt);
  const child = fork(ENTRY, [], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      WHORL_HOME: home,
      ...(host === undefined ? {} : { WHORL_HOST: host }),
      ...(port === undefined ? {} : { WHORL_PORT: String(port) }),
      ...(shareHost === undefined ? {} : { WHORL_SHARE_HOST: shareHost }),
      ...(sharePort === undefined ? {} : { WHORL_SHARE_PORT: String(sharePort) }),
    },
    // Not in our process group's Ctrl-C: we stop it, after the run in progress has noted its end.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  child.stdout?.on('data', (text) => {
    said += text;
  });
  child.stderr?.on('data', (text) => {
    said = `${said}${text}`.slice(-4000);
  });
  const ended = once(child, 'exit').then(() => removeServerAddress(home));
  const address = await ready(child).catch(async (error: Error) => {
    child.kill('SIGKILL');
    throw new WhorlError(words().web.notStarted(said.trim() || error.message));
  });
  writeServerAddress(home, address);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(late);
  };
  return { ...address, ended, stop };
}

async function ready(child: ChildProcess): Promise<ServerAddress> {
  const signal = AbortSignal.timeout(READY_MS);
  const gone = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`it ended with code ${code}`);
  });
  const [address] = (await Promise.race([once(child, 'message', { signal }), gone])) as [ServerAddress];
  gone.catch(() => {});
  return { url: address.url, shareUrl: address.shareUrl };
}
