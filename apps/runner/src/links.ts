import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where the web app answers. */
export interface ServerAddress {
  readonly url: string;
  /** Where share links answer, and nothing else. */
  readonly shareUrl: string;
}

const DEFAULT: ServerAddress = { url: 'http://127.0.0.1:4000', shareUrl: 'http://127.0.0.1:4001' };

const fileOf = (home: string): string => path.join(home, 'server.json');

/** Notes in the home folder where the web app answers, for links that other commands print. */
export function writeServerAddress(home: string, address: ServerAddress): void {
  writeFileSync(fileOf(home), `${JSON.stringify({ ...address, pid: process.pid })}\n`);
}

export function removeServerAddress(home: string): void {
  if (readServer(home)?.pid === process.pid) rmSync(fileOf(home), { force: true });
}

function readServer(home: string): (ServerAddress & { pid: number }) | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(home), 'utf8')) as ServerAddress & { pid: number };
  } catch {
    return undefined;
  }
}

/** The running web app of this home; where none runs, the address that it would take, and `running` false. */
export function serverAddress(home: string): ServerAddress & { running: boolean } {
  const server = readServer(home);
  if (!server) return { ...DEFAULT, running: false };
  try {
    process.kill(server.pid, 0);
    return { url: server.url, shareUrl: server.shareUrl, running: true };
  } catch {
    return { ...DEFAULT, running: false };
  }
}

export const experimentUrl = (home: string, id: string): string => `${serverAddress(home).url}/experiments/${id}`;
export const runUrl = (home: string, id: string): string => `${serverAddress(home).url}/runs/${id}`;
