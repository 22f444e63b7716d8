import { readCursor } from '#src/contract/cursor.ts';
import type { LiveEvent, WatchInput } from '#src/contract/live.ts';
import type { PackedSeries, Run } from '#src/contract/schemas.ts';
import type { Told } from './changes.ts';
import { type Follow, together } from './follow.ts';

/** Whether news reach the page: not yet, yes, or no longer. */
export type Connection = 'reading' | 'live' | 'broken';

/** The events in the life of a stream. */
export interface StreamHandlers {
  readonly onStarted: () => void;
  readonly onEvent: (id: string, event: LiveEvent) => void;
  /** The connection was lost and is being restored. */
  readonly onLost: () => void;
  /** The server ended the stream, because there is nothing more to tell. */
  readonly onEnded: () => void;
  /**
   * The stream was refused, or failed.
   * @param isRefused whether a server answered with a refusal
   */
  readonly onFailed: (isRefused: boolean) => void;
}

/**
 * Opens a stream.
 * @returns a function that closes it
 */
export type OpenStream = (input: WatchInput, handlers: StreamHandlers) => () => void;

/** Receives the news of a page. */
export interface Listener {
  readonly onEvent: (event: LiveEvent) => void;
  /** Streams are refused. The page has to fetch its data again from time to time. */
  readonly onRefused: () => void;
  /** The connection was lost and is back. */
  readonly onBack: () => void;
}

/** Components start to follow one after another, and one stream is opened for all that do within this time. */
const GATHER_MS = 20;
/** Only longer interruptions count as a lost connection. */
const LOST_MS = 2_000;
/** A page that has been hidden for this long closes its stream, and continues it when it is visible again. */
const REST_MS = 10_000;
/** How long news are remembered, since they may be missing in answers that were under way. */
const REMEMBER_MS = 10_000;

/** Follows everything that the components of a page need, by a single stream. */
export class LivePage {
  readonly #open: OpenStream;
  readonly #listener: Listener;
  readonly #follows = new Map<object, Follow>();
  /** How far each component has come, and since when. It is kept when the component follows something else. */
  readonly #reached = new WeakMap<object, { readonly from: number; readonly since: number }>();
  readonly #hearers = new Set<() => void>();
  #connection: Connection = 'reading';
  #close: (() => void) | null = null;
  #followed = 'null';
  /** The id of the last event for what is followed now. */
  #lastEventId: string | null = null;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #losing: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #isResting = false;
  #failures = 0;
  #series: { readonly at: number; readonly packed: PackedSeries }[] = [];
  readonly #params = new Map<string, Run['params']>();

  constructor(open: OpenStream, listener: Listener) {
    this.#open = open;
    this.#listener = listener;
  }

  /** @param part the component, always the same object: a new `follow` replaces its previous one */
  follow(part: object, follow: Follow): void {
    const reached = this.#reached.get(part);
    const since = reached?.from === follow.since ? reached.since : follow.since;
    this.#reached.set(part, { from: follow.since, since });
    this.#follows.set(part, { ...follow, since });
    this.#gather();
  }

  unfollow(part: object): void {
    this.#follows.delete(part);
    this.#gather();
  }

  /** The news of the last seconds, and the params of the runs in them. */
  get told(): Told {
    const since = performance.now() - REMEMBER_MS;
    return { series: this.#series.filter(({ at }) => at >= since).map(({ packed }) => packed), params: this.#params };
  }

  readonly connection = (): Connection => this.#connection;

  /** @returns a function that unsubscribes */
  readonly onConnection = (hearer: () => void): (() => void) => {
    this.#hearers.add(hearer);
    return () => void this.#hearers.delete(hearer);
  };

  /** Is told whether the page is visible. */
  seen(isSeen: boolean): void {
    clearTimeout(this.#resting);
    if (!isSeen) this.#resting = setTimeout(() => this.rest(), REST_MS);
    else if (this.#isResting) {
      this.#isResting = false;
      this.#begin();
    }
  }

  /** Closes the stream until the page is visible again. */
  rest(): void {
    this.#isResting = true;
    this.#end();
  }

  stop(): void {
    for (const timer of [this.#gathering, this.#resting]) clearTimeout(timer);
    this.#end();
    this.#followed = 'null';
  }

  #gather(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      const followed = JSON.stringify(together([...this.#follows.values()]));
      if (followed === this.#followed) return;
      this.#followed = followed;
      this.#lastEventId = null;
      this.#failures = 0;
      this.#end();
      if (!this.#isResting) this.#begin();
    }, GATHER_MS);
  }

  #end(): void {
    for (const timer of [this.#losing, this.#again]) clearTimeout(timer);
    this.#losing = undefined;
    this.#close?.();
    this.#close = null;
  }

  #begin(): void {
    const followed = together([...this.#follows.values()]);
    if (followed === null) {
      this.#become('reading');
      return;
    }
    const since = Math.min(...[...this.#follows.values()].map((follow) => follow.since));
    let isOpen = true;
    const ifOpen =
      <A extends unknown[]>(hear: (...what: A) => void) =>
      (...what: A): void => {
        if (isOpen) hear(...what);
      };
    // A stream may fail before `open` returns.
    let close = () => {};
    this.#close = () => {
      isOpen = false;
      close();
    };
    close = this.#open(
      { ...followed, since, ...(this.#lastEventId === null ? {} : { lastEventId: this.#lastEventId }) },
      {
        onStarted: ifOpen(() => this.#started()),
        onEvent: ifOpen((id: string, event: LiveEvent) => this.#hear(id, event)),
        onLost: ifOpen(() => this.#lost()),
        onEnded: ifOpen(() => this.#become('broken')),
        onFailed: ifOpen((isRefused: boolean) => this.#failed(isRefused)),
      },
    );
    if (!isOpen) close();
  }

  #become(connection: Connection): void {
    if (this.#connection === connection) return;
    this.#connection = connection;
    for (const hear of this.#hearers) hear();
  }

  #started(): void {
    clearTimeout(this.#losing);
    this.#losing = undefined;
    const wasLost = this.#connection === 'broken';
    this.#failures = 0;
    this.#become('live');
    if (wasLost) this.#listener.onBack();
  }

  #lost(): void {
    if (this.#connection !== 'live') return; // a first connection that fails is not a lost one
    this.#losing ??= setTimeout(() => this.#become('broken'), LOST_MS);
  }

  #failed(isRefused: boolean): void {
    this.#end();
    this.#become('broken');
    if (isRefused) this.#listener.onRefused();
    this.#again = setTimeout(() => this.#begin(), pauseAfter(this.#failures++));
  }

  #hear(id: string, event: LiveEvent): void {
    this.#lastEventId = id;
    // Later streams for other things start from here.
    const since = readCursor(id)?.since ?? 0;
    for (const [part, follow] of this.#follows) {
      if (follow.since >= since) continue;
      this.#follows.set(part, { ...follow, since });
      this.#reached.set(part, { from: this.#reached.get(part)?.from ?? follow.since, since });
    }
    const at = performance.now();
    if (event.startOver) this.#series = []; // the record may have been replaced in the meantime
    this.#series = [
      ...this.#series.filter((one) => one.at >= at - REMEMBER_MS),
      ...event.series.map((packed) => ({ at, packed })),
    ];
    for (const { id: runId, params } of event.runs) this.#params.set(runId, params);
    this.#listener.onEvent(event);
  }
}

/** The pause in ms after some failed connections in a row, in case the server has too many. */
export const pauseAfter = (failures: number): number => Math.min(30_000, 2_000 * 2 ** failures);
