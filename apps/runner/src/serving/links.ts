import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where the web app answers. */
export interface ServerAddress {
  readonly url: string;
  /** Where share links answer, and nothing else. */
  readonly shareUrl: string;
}

const DEFAULT: ServerAddress = { url: 'http://127.0.0.1:4000', shareUrl: 'http://127.0.0.1:4001' };

const fileOf = (home: string): string => path.join(home, 'server.json');

interface Note extends ServerAddress {
  readonly pid: number;
  /** Of a web app of the same home that was running already. */
  readonly before?: Note | undefined;
}

/** Whole or not at all, whoever reads it meanwhile. */
function write(home: string, note: Note): void {
  const part = `${fileOf(home)}.${process.pid}.part`;
  try {
    writeFileSync(part, `${JSON.stringify(note)}\n`);
    renameSync(part, fileOf(home));
  } finally {
    rmSync(part, { force: true });
  }
}

/** Notes in the home folder where the web app answers, for links that other commands print. @throws where it cannot */
export function writeServerAddress(home: string, address: ServerAddress): void {
  const found = running(readNote(home));
  write(home, { ...address, pid: process.pid, before: found?.pid === process.pid ? found.before : found });
}

/** Takes this process's note back, and leaves that of a web app that runs on. @throws where it cannot */
export function removeServerAddress(home: string): void {
  const note = readNote(home);
  if (note?.pid !== process.pid) return;
  const before = running(note.before);
  if (before) write(home, before);
  else rmSync(fileOf(home), { force: true });
}

function readNote(home: string): Note | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(home), 'utf8')) as Note;
  } catch {
    return undefined;
  }
}

/** The first of a note and those before it whose process lives. */
function running(note: Note | undefined): Note | undefined {
  if (!note) return undefined;
  try {
    process.kill(note.pid, 0);
    return note;
  } catch {
    return running(note.before);
  }
}

/** The running web app of this home; where none runs, the address that it would take, and `running` false. */
export function serverAddress(home: string): ServerAddress & { running: boolean } {
  const server = running(readNote(home));
  if (!server) return { ...DEFAULT, running: false };
  return { url: server.url, shareUrl: server.shareUrl, running: true };
}

export const experimentUrl = (home: string, id: string): string => `${serverAddress(home).url}/experiments/${id}`;
export const runUrl = (home: string, id: string): string => `${serverAddress(home).url}/runs/${id}`;
