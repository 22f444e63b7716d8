import { createHash, timingSafeEqual } from 'node:crypto';
import { SESSION_MS, type Sessions } from './sessions.ts';

/** This many wrong tokens from an address are answered at once. After each further one the waiting time doubles. */
const FREE_FAILURES = 3;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const MOST_ADDRESSES = 1_000;

/** Guards the app where others can reach it, by its token and the sessions of browsers that signed in. */
export class Door {
  readonly #token: string;
  readonly #sessions: Sessions;
  readonly #name: () => string;
  readonly #now: () => number;
  readonly #failed = new Map<string, { readonly times: number; readonly until: number }>();

  /** @param port of the app. A browser sends a cookie to every port of a host, so the port is in the cookie's name */
  constructor(token: string, sessions: Sessions, port: () => number, now: () => number = () => performance.now()) {
    this.#token = token;
    this.#sessions = sessions;
    this.#name = () => `whorl_session_${port()}`;
    this.#now = now;
  }

  /**
   * Checks a token that somebody sent. After too many wrong ones it gives the seconds to wait, and until then checks no
   * token, not even the right one: otherwise waiting would not slow down guessing.
   * @param address that sent it
   */
  tryToken(given: string, address: string): 'right' | 'wrong' | { readonly waitS: number } {
    const failed = this.#failed.get(address);
    const left = (failed?.until ?? 0) - this.#now();
    if (left > 0) return { waitS: Math.ceil(left / 1000) };
    this.#failed.delete(address);
    if (sameSecret(given, this.#token)) return 'right';
    const times = (failed?.times ?? 0) + 1;
    const beyond = times - FREE_FAILURES;
    const wait = beyond < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** beyond);
    this.#failed.set(address, { times, until: this.#now() + wait });
    const [longest] = this.#failed.keys();
    if (this.#failed.size > MOST_ADDRESSES && longest !== undefined) this.#failed.delete(longest);
    return 'wrong';
  }

  /** Signs a browser in. @returns the header `Set-Cookie` */
  signIn(): string {
    return this.#cookie(this.#sessions.begin(), SESSION_MS / 1000);
  }

  /** Whether a `Cookie` header belongs to a signed-in browser; with the cookie to set, if any. */
  known(header: string | undefined): { readonly cookie?: string } | null {
    const id = this.#idIn(header);
    const found = id === undefined ? null : this.#sessions.find(id);
    if (id === undefined || found === null) return null;
    return found === 'prolonged' ? { cookie: this.#cookie(id, SESSION_MS / 1000) } : {};
  }

  /** Signs a browser out. @returns the header `Set-Cookie` */
  signOut(header: string | undefined): string {
    const id = this.#idIn(header);
    if (id !== undefined) this.#sessions.end(id);
    return this.#cookie('', 0);
  }

  #cookie(id: string, seconds: number): string {
    return `${this.#name()}=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}`;
  }

  #idIn(header: string | undefined): string | undefined {
    const start = `${this.#name()}=`;
    const pairs = header?.split(';').map((pair) => pair.trim());
    return pairs?.find((pair) => pair.startsWith(start))?.slice(start.length);
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time, so that the time tells nothing about where the texts differ. */
const sameSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));
