import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The addresses of the web app. */
export interface ServerAddress {
  readonly url: string;
  /** Where share links open. Nothing else is served there. */
  readonly shareUrl: string;
}

const DEFAULT: ServerAddress = { url: 'http://127.0.0.1:4000', shareUrl: 'http://127.0.0.1:4001' };

const fileOf = (home: string): string => path.join(home, 'server.json');

interface Note extends ServerAddress {
  readonly pid: number;
  /** The note of another web app with the same home that was already running. */
  readonly before?: Note | undefined;
}

/** Writes the whole file or nothing, whoever reads it at the same time. */
function write(home: string, note: Note): void {
  const part = `${fileOf(home)}.${process.pid}.part`;
  try {
    writeFileSync(part, `${JSON.stringify(note)}\n`);
    renameSync(part, fileOf(home));
  } finally {
    rmSync(part, { force: true });
  }
}

/**
 * Notes in the home folder where the web app answers, so that other commands can print links.
 * @throws where the folder cannot be written
 */
export function writeServerAddress(home: string, address: ServerAddress): void {
  const found = running(readNote(home));
  write(home, { ...address, pid: process.pid, before: found?.pid === process.pid ? found.before : found });
}

/**
 * Removes this process's note, and restores that of another web app that still runs.
 * @throws where the folder cannot be written
 */
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

/** The first note, of this one and those before it, whose process still lives. */
function running(note: Note | undefined): Note | undefined {
  if (!note) return undefined;
  try {
    process.kill(note.pid, 0);
    return note;
  } catch {
    return running(note.before);
  }
}

/** The address of the running web app of this home. Where none runs, the default address, with `running` false. */
export function serverAddress(home: string): ServerAddress & { running: boolean } {
  const server = running(readNote(home));
  if (!server) return { ...DEFAULT, running: false };
  return { url: server.url, shareUrl: server.shareUrl, running: true };
}

export const experimentUrl = (home: string, id: string): string => `${serverAddress(home).url}/experiments/${id}`;
export const runUrl = (home: string, id: string): string => `${serverAddress(home).url}/runs/${id}`;
