import { appendFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** Of a longer log the older half is moved aside, and what was there before it goes. */
const MOST_BYTES = 2_000_000;

/** Where the web app of a home says what went wrong. */
export const serverLogFile = (home: string): string => path.join(home, 'server.log');

/**
 * What the web app prints, with the time of each line, in a file of bounded size for its user alone. That it cannot be
 * written, on a full disk or in a home that can only be read, must not stop the app.
 */
export class ServerLog {
  readonly #file: string;
  readonly #mostBytes: number;
  #rest = '';

  constructor(home: string, mostBytes = MOST_BYTES) {
    this.#file = serverLogFile(home);
    this.#mostBytes = mostBytes;
  }

  /** Adds text as it comes; what does not end its line waits for the rest of it. */
  write(text: string): void {
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = lines.pop() ?? '';
    this.#append(lines);
  }

  /** Adds what waits. */
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
      // the terminal has it
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
