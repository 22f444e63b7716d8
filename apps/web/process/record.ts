import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { databaseFile, openTidied, type Store, StoreError, type StoreOptions } from '@whorl/store';
import type { Handler } from './answer.ts';

/** How often to check that the open database file is still the one in its folder. */
const LOOK_MS = 1_000;
/** How often to try again to write a record that could only be opened for reading. */
const RETRY_MS = 15_000;
/** How long requests to a record may still run after it was replaced. */
const GRACE_MS = 5_000;

/** The open record, or why there is none. */
export type Found =
  | { readonly store: Store; readonly problem: null }
  | { readonly store: null; readonly problem: StoreError };

/**
 * Keeps the record open for as long as the server runs. Its folder may be deleted, or another record may take its place, for
 * example when a backup is restored; the open file alone would go on answering with data that is no longer there.
 */
export class KeptRecord {
  readonly #options: StoreOptions;
  readonly #onChange: (found: Found) => void;
  #found: Found;
  #triedAt = performance.now();
  #isLooking = false;

  private constructor(options: StoreOptions, store: Store, onChange: (found: Found) => void) {
    this.#options = options;
    this.#onChange = onChange;
    this.#found = { store, problem: null };
    setInterval(() => void this.look(), LOOK_MS).unref();
  }

  /**
   * @param onChange called with the open record now and after every change
   * @throws StoreError where nothing can be opened
   */
  static async open(options: StoreOptions, onChange: (found: Found) => void): Promise<KeptRecord> {
    const kept = new KeptRecord(options, await openTidied(options), onChange);
    onChange(kept.#found);
    return kept;
  }

  get found(): Found {
    return this.#found;
  }

  /** Checks whether the record is still in its place, and opens what is there instead. */
  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const { store } = this.#found;
      if (store === null || !store.isInPlace()) this.#change(await this.#openAgain());
      else if (store.readOnlyBecause && performance.now() - this.#triedAt > RETRY_MS) {
        this.#triedAt = performance.now();
        const again = await openTidied(this.#options);
        if (again.readOnlyBecause) await again.close();
        else this.#change({ store: again, problem: null });
      }
    } catch (error) {
      console.error(error); // the next check comes in a second
    } finally {
      this.#isLooking = false;
    }
  }

  /** Opens what lies there now. It creates nothing: an empty record in place of a deleted one would hide the loss. */
  async #openAgain(): Promise<Found> {
    const { home, databaseUrl } = this.#options;
    const file = databaseFile(home, databaseUrl);
    if (!existsSync(file)) {
      return {
        store: null,
        problem: new StoreError('unusable', {
          en: `${file} was moved or deleted while whorl serve runs; put it back, or record something: pages go on with what is there then`,
          zh: `whorl serve 运行期间，${file} 被移走或删除；请放回原处，或重新训练：之后网页会显示那里的记录`,
        }),
      };
    }
    try {
      return { store: await openTidied(this.#options), problem: null };
    } catch (error) {
      if (error instanceof StoreError) return { store: null, problem: error };
      throw error;
    }
  }

  #change(found: Found): void {
    const before = this.#found;
    if (before.store === null && found.store === null && before.problem.message === found.problem.message) return;
    this.#found = found;
    console.error(
      found.problem ? found.problem.message : `${found.store.databaseFile} is another record now: it is open`,
    );
    this.#onChange(found);
    const { store } = before;
    if (store) setTimeout(() => void store.close().catch(() => {}), GRACE_MS).unref();
  }
}

const TRPC = /\/trpc\/([A-Za-z.,]*)/;
const UNAVAILABLE = -32_603; // the name tRPC has for an internal error

type Said = StoreError['said'];

/**
 * Passes requests on while a record is open. Otherwise it answers why there is none, or with `instead` for people who may
 * not know.
 */
export function withRecord(handle: Handler, found: () => Found, instead?: Said): Handler {
  return async (request, response) => {
    const { problem } = found();
    if (problem === null || request.url?.startsWith('/_next/static/')) return handle(request, response);
    const { en, zh } = instead ?? problem.said;
    const headers = { 'Cache-Control': 'no-store', 'Retry-After': '2', 'X-Content-Type-Options': 'nosniff' };
    const calls = TRPC.exec(request.url ?? '')?.[1]?.split(',');
    if (calls) answerCalls(request, response, calls, { en, zh }, headers);
    else {
      response.writeHead(503, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`${en}\n${zh}\n`);
    }
  };
}

/** Answers failed calls in tRPC's format, one failure for each. */
function answerCalls(
  { url = '' }: IncomingMessage,
  response: ServerResponse,
  calls: readonly string[],
  said: Said,
  headers: Readonly<Record<string, string>>,
): void {
  const errors = calls.map((path) => ({
    error: {
      json: {
        message: said.en,
        code: UNAVAILABLE,
        data: { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, path, storeCode: 'unusable', said, place: null },
      },
    },
  }));
  response.writeHead(503, { ...headers, 'Content-Type': 'application/json' });
  response.end(JSON.stringify(/[?&]batch=1/.test(url) ? errors : errors[0]));
}
