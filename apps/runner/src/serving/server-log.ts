import { appendFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** Of both files together: at half of this size the log becomes `server.log.1`, in place of the one before. */
const MOST_BYTES = 2_000_000;

/** The log file of the web app of a home. */
export const serverLogFile = (home: string): string => path.join(home, 'server.log');

/**
 * Writes what the web app prints to a file of bounded size that only its user can read, each line with its time. A failure
 * to write (a full disk, a read-only home) must not stop the app.
 */
export class ServerLog {
  readonly #file: string;
  readonly #mostBytes: number;
  #rest = '';

  constructor(home: string, mostBytes = MOST_BYTES) {
    this.#file = serverLogFile(home);
    this.#mostBytes = mostBytes;
  }

  /** Adds text. An unfinished line waits for its rest. */
  write(text: string): void {
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = lines.pop() ?? '';
    this.#append(lines);
  }

  /** Writes the unfinished line. */
  close(): void {
    if (this.#rest !== '') this.#append([this.#rest]);
    this.#rest = '';
  }

  #append(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const now = new Date().toISOString();
    try {
      if (this.#size() > this.#mostBytes / 2) renameSync(this.#file, `${this.#file}.1`);
      appendFileSync(this.#file, lines.map((line) => `${now} ${line}\n`).join(''), { mode: 0o600 });
    } catch {
      // the text also went to the terminal
    }
  }

  #size(): number {
    try {
      return statSync(this.#file).size;
    } catch {
      return 0;
    }
  }
}
