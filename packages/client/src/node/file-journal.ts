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

/** More waiting messages than this go to the file: the server is slower than the training, or away. */
const MOST_IN_MEMORY = 64;
const READ_BYTES = 1 << 16;
const NEWLINE = 10;

/** The first line of a file: to which run and server its messages belong. */
interface Heading {
  readonly url: string;
  readonly runId: string;
}

/** The folder for unsent messages. */
export const unsentFolder = (): string => process.env.WHORL_UNSENT ?? path.join(homedir(), '.whorl', 'unsent');

/**
 * A journal that moves messages to a file while the server does not take them: memory does not grow, and unsent
 * messages outlive the process. A message may be sent twice, which changes nothing.
 */
export class FileJournal implements Journal {
  readonly #heading: Heading;
  readonly #file: string;
  /** Messages that are not in the file. */
  #messages: Message[] = [];
  /** The offset of the first waiting message in the file; null while there is no file. */
  #at: number | null = null;
  #first: { readonly message: Message; readonly bytes: number } | undefined;

  constructor(folder: string, url: string, runId: string) {
    this.#heading = { url, runId };
    this.#file = path.join(folder, `${runId}.${process.pid}.jsonl`);
  }

  /** The journal of an existing file. @throws Error where its first line is not a heading */
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

/** The line at an offset; undefined after the last line, and for one that was cut off. */
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

/** The journals for a server that dead processes left behind; this process takes them over. */
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
      return []; // another process was first, or it is not a journal
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
