import { hashKey, type Query, type QueryClient, type QueryKey } from '@tanstack/react-query';

/** A failed request is repeated after the first time, and each further time after twice as long, up to the second. */
const [RETRY_MS, MOST_RETRY_MS] = [2_000, 30_000];
/** Requests are spread over at most this much time, however long their pace is. */
const MOST_SPREAD_MS = 1_000;
/** While a request is under way, check again after this long. */
const BUSY_MS = 50;

/**
 * Fetches outdated answers again: none before its time, none while a request for it is under way, whose answer may be older
 * than the news, and nothing while the page is hidden. Failed requests are repeated if they may succeed later.
 */
export class Refresher {
  readonly #queries: QueryClient;
  readonly #isSeen: () => boolean;
  readonly #spread: number;
  /** When each query is due, by `performance.now`. */
  readonly #due = new Map<string, number>();
  readonly #askedAt = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param spread from 0 to 1, by which part of its pace this page delays requests: the pages of a class get news at the
   * same moment, and would all ask at once
   */
  constructor(queries: QueryClient, isSeen: () => boolean, spread = 0) {
    this.#queries = queries;
    this.#isSeen = isSeen;
    this.#spread = spread;
  }

  /**
   * Repeats requests that fail with temporary errors.
   * @returns a function that stops this and everything else
   */
  start(): () => void {
    const cache = this.#queries.getQueryCache();
    const stop = cache.subscribe((event) => {
      if (event.type === 'removed') this.#forget(event.query.queryHash);
      if (event.type !== 'updated') return;
      const { query, action } = event;
      if (action.type === 'success') this.#failures.delete(query.queryHash);
      if (action.type === 'error' && query.isActive() && mayPass(action.error)) {
        const failures = this.#failures.get(query.queryHash) ?? 0;
        this.#failures.set(query.queryHash, failures + 1);
        this.#plan(query.queryHash, performance.now() + Math.min(MOST_RETRY_MS, RETRY_MS * 2 ** failures));
      }
    });
    return () => {
      stop();
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#due.clear();
    };
  }

  /** Fetches an answer again, at the earliest `againMs` after the last time. */
  again(queryKey: QueryKey, againMs: number): void {
    const hash = hashKey(queryKey);
    const query = this.#queries.getQueryCache().get(hash);
    // An answer that no component uses is fetched when one does.
    if (query && !query.isActive()) void this.#invalidate(query);
    else if (query) {
      const turn = performance.now() + this.#spread * Math.min(againMs, MOST_SPREAD_MS);
      this.#plan(hash, Math.max(turn, (this.#askedAt.get(hash) ?? Number.NEGATIVE_INFINITY) + againMs));
    }
  }

  /** Repeats everything that failed: the cause may be gone. */
  retry(): void {
    for (const query of this.#queries.getQueryCache().findAll({ type: 'active' })) {
      if (query.state.status === 'error' || query.state.error !== null) this.#plan(query.queryHash, 0);
    }
  }

  /** Must be called when the page becomes visible. */
  wake(): void {
    this.#schedule();
  }

  #forget(hash: string): void {
    for (const kept of [this.#due, this.#askedAt, this.#failures]) kept.delete(hash);
  }

  #plan(hash: string, at: number): void {
    this.#due.set(hash, Math.min(at, this.#due.get(hash) ?? Number.POSITIVE_INFINITY));
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#due.size === 0 || !this.#isSeen()) return;
    const next = Math.min(...this.#due.values());
    this.#timer = setTimeout(() => this.#ask(), Math.max(0, next - performance.now()));
  }

  #ask(): void {
    const now = performance.now();
    for (const [hash, at] of [...this.#due]) {
      if (at > now) continue;
      const query = this.#queries.getQueryCache().get(hash);
      if (query?.state.fetchStatus === 'fetching') this.#due.set(hash, now + BUSY_MS);
      else {
        this.#due.delete(hash);
        if (query) this.#invalidate(query).then(() => this.#askedAt.set(hash, performance.now()));
      }
    }
    this.#schedule();
  }

  #invalidate = ({ queryKey }: Query): Promise<void> => this.#queries.invalidateQueries({ queryKey, exact: true });
}

/** Whether an error may be temporary: there was no answer, or the server was unable to give one. */
function mayPass(error: unknown): boolean {
  const { data } = error as { data?: { httpStatus?: number } | null };
  const status = data?.httpStatus;
  return status === undefined || status > 500 || status === 429;
}
