import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Journal } from '../journal.ts';
import type { Message } from '../wire.ts';

/** So many messages wait in memory; the server is slower than the training then, or away. */
const MOST_IN_MEMORY = 64;
const READ_BYTES = 1 << 16;
const NEWLINE = 10;

/** The first line of a file: whose the messages are. */
interface Heading {
  readonly url: string;
  readonly runId: string;
}

/** Where what could not be sent is kept. */
export const unsentFolder = (): string => process.env.WHORL_UNSENT ?? path.join(homedir(), '.whorl', 'unsent');

/**
 * A journal whose messages go to a file when the server is away for longer than a moment: memory does not grow, and what was
 * not sent outlives the process. A message may be sent twice, which changes nothing.
 */
export class FileJournal implements Journal {
  readonly #heading: Heading;
  readonly #file: string;
  /** Messages that are in no file. */
  #messages: Message[] = [];
  /** Where the first message that waits lies in the file; null while there is no file. */
  #at: number | null = null;
  #first: { readonly message: Message; readonly bytes: number } | undefined;

  constructor(folder: string, url: string, runId: string) {
    this.#heading = { url, runId };
    this.#file = path.join(folder, `${runId}.${process.pid}.jsonl`);
  }

  /** The journal of a file that is there. @throws Error where its first line is not one */
  static of(folder: string, name: string): FileJournal {
    const { url, runId, bytes } = readHeading(path.join(folder, name));
    const journal = new FileJournal(folder, url, runId);
    renameSync(path.join(folder, name), journal.#file);
    journal.#at = bytes;
    return journal;
  }

  get heading(): Heading {
    return this.#heading;
  }

  add(message: Message): void {
    if (this.#at === null && this.#messages.length < MOST_IN_MEMORY) {
      this.#messages.push(message);
      return;
    }
    this.#toFile();
    appendFileSync(this.#file, lineOf(message));
  }

  first(): Message | undefined {
    if (this.#at === null) return this.#messages[0];
    this.#first ??= readLine(this.#file, this.#at);
    return this.#first?.message;
  }

  drop(): void {
    if (this.#at === null) {
      this.#messages.shift();
      return;
    }
    this.#at += this.#first?.bytes ?? 0;
    this.#first = undefined;
  }

  close(): string | null {
    const isDone = this.first() === undefined;
    if (isDone) {
      if (this.#at !== null) rmSync(this.#file, { force: true });
      return null;
    }
    try {
      this.#toFile();
      return this.#file;
    } catch {
      return null;
    }
  }

  #toFile(): void {
    if (this.#at !== null) return;
    mkdirSync(path.dirname(this.#file), { recursive: true, mode: 0o700 });
    const heading = lineOf(this.#heading);
    appendFileSync(this.#file, heading + this.#messages.map(lineOf).join(''), { mode: 0o600 });
    this.#at = Buffer.byteLength(heading);
    this.#messages = [];
  }
}

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`;

/** The line that begins at a position; undefined behind the last, and where the last was cut off. */
function readLine(file: string, at: number): { message: Message; bytes: number } | undefined {
  const descriptor = openSync(file, 'r');
  try {
    const parts: Buffer[] = [];
    for (let from = at; ; ) {
      const part = Buffer.alloc(READ_BYTES);
      const count = readSync(descriptor, part, 0, READ_BYTES, from);
      const end = part.subarray(0, count).indexOf(NEWLINE);
      parts.push(part.subarray(0, end === -1 ? count : end));
      if (end !== -1) break;
      if (count === 0) return undefined;
      from += count;
    }
    const line = Buffer.concat(parts);
    return { message: JSON.parse(line.toString('utf8')) as Message, bytes: line.length + 1 };
  } finally {
    closeSync(descriptor);
  }
}

function readHeading(file: string): Heading & { readonly bytes: number } {
  const [line = ''] = readFileSync(file, 'utf8').split('\n', 1);
  const { url, runId } = JSON.parse(line) as Partial<Heading>;
  if (typeof url !== 'string' || typeof runId !== 'string')
    throw new Error(`${file}: expected url and runId in its first line`);
  return { url, runId, bytes: Buffer.byteLength(line) + 1 };
}

const NAME = /^[0-9a-z]+\.(\d+)\.jsonl$/;

/** The journals for a server that processes left behind which are no more; each is this process's from now on. */
export function unsentJournals(folder: string, url: string): { runId: string; journal: FileJournal }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const pid = Number(NAME.exec(name)?.[1]);
    if (!pid || isAlive(pid)) return [];
    try {
      if (statSync(path.join(folder, name)).size === 0 || readHeading(path.join(folder, name)).url !== url) return [];
      const journal = FileJournal.of(folder, name);
      return [{ runId: journal.heading.runId, journal }];
    } catch {
      return []; // another process was first, or it is no journal
    }
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
