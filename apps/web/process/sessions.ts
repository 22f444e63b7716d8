import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const DAY_MS = 24 * 3600 * 1000;
/** A session ends this long after its last use. */
export const SESSION_MS = 30 * DAY_MS;
/** Use is written down at most once a day. */
const NOTED_MS = DAY_MS;
const ID_BYTES = 32;
const MOST_SESSIONS = 200;

/** The end of each session in ms since 1970, by the session's hash. */
const fileSchema = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.number());

/**
 * The signed-in browsers. The file holds only hashes of session ids, keyed with the token: reading the file signs nobody in,
 * and with another token no session is known.
 */
export class Sessions {
  readonly #file: string;
  readonly #token: string;
  readonly #now: () => number;
  #ends: Map<string, number>;

  /** @param home the folder of the file */
  constructor(home: string, token: string, now: () => number = Date.now) {
    this.#file = path.join(home, 'sessions.json');
    this.#token = token;
    this.#now = now;
    this.#ends = this.#read();
  }

  /** Begins a session and gives its id, which is stored nowhere. */
  begin(): string {
    const id = randomBytes(ID_BYTES).toString('base64url');
    this.#change((ends) => ends.set(this.#hash(id), this.#now() + SESSION_MS));
    return id;
  }

  /** Whether the session exists; `prolonged` where its end was moved, so that the browser needs a new cookie. */
  find(id: string): 'there' | 'prolonged' | null {
    const hash = this.#hash(id);
    const end = this.#ends.get(hash) ?? 0;
    const now = this.#now();
    if (end <= now) return null;
    if (end > now + SESSION_MS - NOTED_MS) return 'there';
    this.#change((ends) => ends.set(hash, now + SESSION_MS));
    return 'prolonged';
  }

  end(id: string): void {
    this.#change((ends) => ends.delete(this.#hash(id)));
  }

  #hash(id: string): string {
    return createHmac('sha256', this.#token).update(id).digest('hex');
  }

  #read(): Map<string, number> {
    try {
      return new Map(Object.entries(fileSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8')))));
    } catch {
      return new Map(); // nobody has signed in yet, or the file is unreadable and everybody has to sign in again
    }
  }

  /** Reads the file again first: another server with the same record may have changed it. */
  #change(change: (ends: Map<string, number>) => void): void {
    const ends = new Map([...this.#ends, ...this.#read()]);
    change(ends);
    const latest = [...ends].filter(([, end]) => end > this.#now()).sort(([, a], [, b]) => b - a);
    this.#ends = new Map(latest.slice(0, MOST_SESSIONS));
    try {
      const part = `${this.#file}.${process.pid}`;
      writeFileSync(part, JSON.stringify(Object.fromEntries(this.#ends)), { mode: 0o600 });
      renameSync(part, this.#file);
    } catch (error) {
      console.error(`sessions last until this server ends: ${(error as Error).message}`);
    }
  }
}
