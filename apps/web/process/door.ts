import { createHash, timingSafeEqual } from 'node:crypto';
import { SESSION_MS, type Sessions } from './sessions.ts';

/** So many wrong tokens from one address are answered at once; after each further one it waits twice as long. */
const FREE_FAILURES = 3;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const MOST_ADDRESSES = 1_000;

/** What guards the app where others reach it: its token, and the sessions of those who knew it. */
export class Door {
  readonly #token: string;
  readonly #sessions: Sessions;
  readonly #name: () => string;
  readonly #now: () => number;
  readonly #failed = new Map<string, { readonly times: number; readonly until: number }>();

  /** @param port that the app listens on: a browser sends a cookie to every port of a host */
  constructor(token: string, sessions: Sessions, port: () => number, now: () => number = () => performance.now()) {
    this.#token = token;
    this.#sessions = sessions;
    this.#name = () => `whorl_session_${port()}`;
    this.#now = now;
  }

  /**
   * Whether a token that somebody sent is the right one; in how many seconds to try again where too many were not. A right
   * one is not looked at before then either: else waiting would keep nobody from guessing.
   * @param address from where it was sent
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

  /** Whether a request comes from a browser that is signed in, by its header `Cookie`; with what to set, if anything. */
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

/** Compares in a time that says nothing of where the texts differ. */
const sameSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));
