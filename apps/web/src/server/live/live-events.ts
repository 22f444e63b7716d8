import { type Cursor, writeCursor } from '#src/contract/cursor.ts';
import type { LiveEvent } from '#src/contract/live.ts';
import type { Context, Viewer } from '../access/context.ts';
import { allVisible } from '../access/visible.ts';
import { isEmpty, look, type Seen, type Watch } from './live.ts';
import { type LiveFeeds, liveFeeds } from './live-feeds.ts';

/** At most this many parts wait for a slow page; after that it catches up by reading by itself. */
const MOST_WAITING = 32;
/**
 * How often at least to check whether the viewer may still watch. Revoking a link changes the record, which triggers a
 * check, too.
 */
const MAY_LOOK_MS = 5_000;

/** The time until the next check, in ms: links expire without a change of the record. */
const nextLook = (viewer: Viewer): number =>
  viewer.kind === 'owner'
    ? MAY_LOOK_MS
    : Math.min(MAY_LOOK_MS, Math.max(0, viewer.share.expiresAt.getTime() - Date.now()));

/** Everything new in what a page watches, until `signal` or until the viewer may no longer see it. */
export async function* liveEvents(
  context: Context,
  watch: Watch,
  start: Cursor,
  signal: AbortSignal | undefined,
  feeds: LiveFeeds = liveFeeds(context.store),
): AsyncGenerator<{ id: string; event: LiveEvent }> {
  const { store, viewer } = context;
  const scope = watch.selection?.scope;
  const runIds = [...(scope && 'runIds' in scope ? scope.runIds : []), ...watch.files];
  const mayLook = async () => viewer.kind === 'owner' || ((await viewer.isOpen()) && allVisible(context, runIds));
  const news = new News();
  const abort = () => news.changed();
  signal?.addEventListener('abort', abort);
  const { leave } = await feeds.join(watch, news);
  try {
    let cursor = start;
    let isBehind = true;
    while (!signal?.aborted) {
      if (!(await mayLook())) return;
      // A page that is new or has fallen behind first reads what the feed told earlier. Events of the meantime may come
      // twice.
      const parts = isBehind ? look(store, watch, cursor) : news.take();
      isBehind = false;
      for await (const seen of parts) {
        cursor = seen.cursor;
        if (signal?.aborted) return;
        if (!isEmpty(seen.event)) yield { id: writeCursor(cursor, feeds.epoch), event: seen.event };
      }
      isBehind = news.isOverflowed();
      if (!isBehind) await news.more(nextLook(viewer));
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    leave();
  }
}

/** The parts that a feed has told and the page has not taken yet. */
class News {
  #waiting: Seen[] = [];
  #isOver = false;
  #hasChanged = false;
  #error: { readonly error: unknown } | null = null;
  #wake = () => {};

  news(seen: Seen): void {
    if (this.#waiting.length === MOST_WAITING) {
      this.#waiting = [];
      this.#isOver = true;
    }
    if (!this.#isOver) this.#waiting.push(seen);
    this.#wake();
  }

  changed(): void {
    this.#hasChanged = true;
    this.#wake();
  }

  failed(error: unknown): void {
    this.#error = { error };
    this.#wake();
  }

  /** Whether parts were dropped because too many were waiting. Reports it once, and then collects parts again. */
  isOverflowed(): boolean {
    const isOver = this.#isOver;
    this.#isOver = false;
    return isOver;
  }

  /**
   * Takes all waiting parts.
   * @throws the error of the feed
   */
  take(): Seen[] {
    if (this.#error) throw this.#error.error;
    this.#hasChanged = false;
    return this.#waiting.splice(0);
  }

  /** Resolves when there is something to take, when the record has changed, and in any case after `ms`. */
  async more(ms: number): Promise<void> {
    if (this.#waiting.length > 0 || this.#hasChanged || this.#error) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(late);
        resolve();
      };
    });
    this.#wake = () => {};
  }
}
