import { hashKey, type Query, type QueryClient, type QueryKey } from '@tanstack/react-query';

/** A question that failed is asked again after so long, and after twice as long each further time. */
const [RETRY_MS, MOST_RETRY_MS] = [2_000, 30_000];
/** News are asked for within this, however long the pace is. */
const MOST_SPREAD_MS = 1_000;
/** How long after a question is on its way it is looked whether it still is. */
const BUSY_MS = 50;

/**
 * Asks again for answers that are not true any more: each not before its time, none while it is on its way, which may be
 * from before the news, and nothing while nobody sees the page. What failed, and may do so no more, is asked again, too.
 */
export class Refresher {
  readonly #queries: QueryClient;
  readonly #isSeen: () => boolean;
  readonly #spread: number;
  /** When what is to be asked for again, by `performance.now`. */
  readonly #due = new Map<string, number>();
  readonly #askedAt = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param spread where in the pace of a question this page asks, from 0 to 1: a class that is told at one moment and asks
   *   at one moment keeps a server busy that has to answer who opens the page
   */
  constructor(queries: QueryClient, isSeen: () => boolean, spread = 0) {
    this.#queries = queries;
    this.#isSeen = isSeen;
    this.#spread = spread;
  }

  /** Asks again whenever something fails that another time may not. @returns how to stop that, and all else */
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

  /** Asks for an answer again, `againMs` after it was last asked for again at the earliest. */
  again(queryKey: QueryKey, againMs: number): void {
    const hash = hashKey(queryKey);
    const query = this.#queries.getQueryCache().get(hash);
    // What nobody looks at is read when somebody does.
    if (query && !query.isActive()) void this.#invalidate(query);
    else if (query) {
      const turn = performance.now() + this.#spread * Math.min(againMs, MOST_SPREAD_MS);
      this.#plan(hash, Math.max(turn, (this.#askedAt.get(hash) ?? Number.NEGATIVE_INFINITY) + againMs));
    }
  }

  /** Asks again for all that failed: what kept it from coming may be over. */
  retry(): void {
    for (const query of this.#queries.getQueryCache().findAll({ type: 'active' })) {
      if (query.state.status === 'error' || query.state.error !== null) this.#plan(query.queryHash, 0);
    }
  }

  /** To be called when the page is seen again. */
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

/** Whether a failure may be over another time: nobody answered, or who did was not able to just then. */
function mayPass(error: unknown): boolean {
  const { data } = error as { data?: { httpStatus?: number } | null };
  const status = data?.httpStatus;
  return status === undefined || status > 500 || status === 429;
}
