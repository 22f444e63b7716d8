import { randomBytes } from 'node:crypto';
import type { Store } from '@whorl/store';
import { type Cursor, startAt } from '#src/contract/cursor.ts';
import { isEmpty, look, type Seen, type Watch } from './live.ts';

export interface Pace {
  /** How often to check whether the record has changed. */
  readonly pollMs: number;
  /** How often to check runs that had ended. */
  readonly checkMs: number;
}

const PACE: Pace = { pollMs: 500, checkMs: 5_000 };
/** A run ends within about a second after a request to stop. For a short time the record is checked more often. */
const HASTE = { pollMs: 125, forMs: 3_000 };

/** Receives the news of a feed. */
export interface FeedListener {
  /** The next part of the news. */
  news(seen: Seen): void;
  /** The record has changed in any way. */
  changed(): void;
  failed(error: unknown): void;
}

/** The news of one thing that pages watch, read once for all of them. */
class Feed {
  readonly #store: Store;
  readonly #watch: Watch;
  readonly listeners = new Set<FeedListener>();
  #cursor: Cursor | null = null;

  constructor(store: Store, watch: Watch) {
    this.#store = store;
    this.#watch = watch;
  }

  /** Reads what is new and passes it on. The first call only sets the starting point. */
  async read(all: boolean): Promise<void> {
    const isFirst = this.#cursor === null;
    try {
      for await (const seen of look(this.#store, this.#watch, this.#cursor ?? startAt(Date.now()), all)) {
        this.#cursor = seen.cursor;
        if (!isFirst && !isEmpty(seen.event)) for (const listener of this.listeners) listener.news(seen);
      }
    } catch (error) {
      for (const listener of this.listeners) listener.failed(error);
    }
  }
}

/**
 * All feeds of a record. One timer checks for changes, and only then each watched thing is read, once for all pages. If two
 * hundred pages each read for themselves, there would be no time for anything else.
 */
export class LiveFeeds {
  readonly #store: Store;
  readonly #pace: Pace;
  readonly #feeds = new Map<string, { readonly feed: Feed; readonly started: Promise<void> }>();
  /** Differs for every process and record. */
  readonly epoch = randomBytes(5).toString('hex');
  #clock: NodeJS.Timeout | null = null;
  #isLooking = false;
  #hasteUntil = Number.NEGATIVE_INFINITY;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #revision = '';
  /** Whether anything has changed since ended runs were last checked. */
  #isAllDue = true;

  constructor(store: Store, pace: Pace = PACE) {
    this.#store = store;
    this.#pace = pace;
  }

  /** The number of listeners. */
  get size(): number {
    let listeners = 0;
    for (const { feed } of this.#feeds.values()) listeners += feed.listeners.size;
    return listeners;
  }

  /** Checks more often for a moment, because somebody waits for an effect. */
  hasten(): void {
    this.#hasteUntil = performance.now() + HASTE.forMs;
    if (!this.#clock || this.#isLooking) return;
    clearTimeout(this.#clock);
    this.#clock = this.#tickLater();
  }

  /** Passes on all news from now on. What changed before this resolves must be read by the caller. */
  async join(watch: Watch, listener: FeedListener): Promise<{ leave: () => void }> {
    const key = JSON.stringify(watch, numbersToo);
    const known = this.#feeds.get(key) ?? this.#begin(key, watch);
    const { feed } = known;
    feed.listeners.add(listener);
    const leave = () => {
      feed.listeners.delete(listener);
      if (feed.listeners.size === 0 && this.#feeds.get(key) === known) this.#feeds.delete(key);
      if (this.#feeds.size === 0) this.#stop();
    };
    await known.started;
    return { leave };
  }

  #begin(key: string, watch: Watch) {
    const feed = new Feed(this.#store, watch);
    const begun = { feed, started: feed.read(true) };
    this.#feeds.set(key, begun);
    this.#clock ??= this.#tickLater();
    return begun;
  }

  #stop(): void {
    if (this.#clock) clearTimeout(this.#clock);
    this.#clock = null;
  }

  #tickLater(): NodeJS.Timeout {
    const isHasty = performance.now() < this.#hasteUntil;
    const clock: NodeJS.Timeout = setTimeout(
      async () => {
        this.#isLooking = true;
        await this.#tick();
        this.#isLooking = false;
        if (this.#clock === clock) this.#clock = this.#tickLater(); // it was not stopped meanwhile
      },
      isHasty ? Math.min(HASTE.pollMs, this.#pace.pollMs) : this.#pace.pollMs,
    );
    return clock;
  }

  async #tick(): Promise<void> {
    const listeners = () => [...this.#feeds.values()].flatMap(({ feed }) => [...feed.listeners]);
    try {
      const isCheckDue = performance.now() - this.#checkedAt >= this.#pace.checkMs;
      if (isCheckDue) this.#checkedAt = performance.now();
      const revision = this.#store.revision();
      const isChanged = revision !== this.#revision;
      this.#revision = revision;
      this.#isAllDue ||= isChanged;
      const all = isCheckDue && this.#isAllDue;
      if (all) this.#isAllDue = false;
      if (isChanged) for (const listener of listeners()) listener.changed();
      if (!isChanged && !all) return;
      for (const { feed, started } of [...this.#feeds.values()]) {
        await started;
        await feed.read(all);
      }
    } catch (error) {
      for (const listener of listeners()) listener.failed(error);
    }
  }
}

/** JSON has no infinities and no NaN, so such numbers of a query become texts. */
const numbersToo = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;

const feedsOf = new WeakMap<Store, LiveFeeds>();

/** The feeds of a record. */
export function liveFeeds(store: Store): LiveFeeds {
  const feeds = feedsOf.get(store) ?? new LiveFeeds(store);
  feedsOf.set(store, feeds);
  return feeds;
}
