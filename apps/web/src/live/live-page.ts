import { readCursor } from '#src/contract/cursor.ts';
import type { LiveEvent, WatchInput } from '#src/contract/live.ts';
import type { PackedSeries, Run } from '#src/contract/schemas.ts';
import type { Told } from './changes.ts';
import { type Follow, together } from './follow.ts';

/** Whether news reach the page: not yet, yes, or not any more. */
export type Connection = 'reading' | 'live' | 'broken';

/** What becomes of a stream. */
export interface StreamHandlers {
  readonly onStarted: () => void;
  readonly onEvent: (id: string, event: LiveEvent) => void;
  /** The connection is lost and is being made again. */
  readonly onLost: () => void;
  /** The server ended it: there is no more to tell. */
  readonly onEnded: () => void;
  /** It is refused, or has failed. @param isRefused whether a server that answers said so */
  readonly onFailed: (isRefused: boolean) => void;
}

/** Opens a stream. @returns how to close it */
export type OpenStream = (input: WatchInput, handlers: StreamHandlers) => () => void;

/** What hears of news. */
export interface Listener {
  readonly onEvent: (event: LiveEvent) => void;
  /** The stream is refused: news do not come, and what is shown is to be asked for again now and then. */
  readonly onRefused: () => void;
  /** The connection was lost, and is there again. */
  readonly onBack: () => void;
}

/** The parts of a page begin to follow one after the other: one stream is opened for all of them. */
const GATHER_MS = 20;
/** A connection that is made again within this is not called lost. */
const LOST_MS = 2_000;
/** A page that nobody sees for so long needs no stream; one that is seen again goes on from where it was. */
const REST_MS = 10_000;
/** So long what came may be missing in an answer that was on its way. */
const REMEMBER_MS = 10_000;

/** What a page follows, by one stream, whatever its parts are. */
export class LivePage {
  readonly #open: OpenStream;
  readonly #listener: Listener;
  readonly #follows = new Map<object, Follow>();
  /** How far each part of the page came by events, and from where: kept when it follows something else. */
  readonly #reached = new WeakMap<object, { readonly from: number; readonly since: number }>();
  readonly #hearers = new Set<() => void>();
  #connection: Connection = 'reading';
  #close: (() => void) | null = null;
  #followed = 'null';
  /** The last event of what is followed now. */
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

  /** @param part who follows, the same object each time: what it follows now takes the place of what it followed */
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

  /** What came in the last seconds, and what is known of the runs that were told of. */
  get told(): Told {
    const since = performance.now() - REMEMBER_MS;
    return { series: this.#series.filter(({ at }) => at >= since).map(({ packed }) => packed), params: this.#params };
  }

  readonly connection = (): Connection => this.#connection;

  /** @returns how to hear no more of the connection */
  readonly onConnection = (hearer: () => void): (() => void) => {
    this.#hearers.add(hearer);
    return () => void this.#hearers.delete(hearer);
  };

  /** Says whether somebody sees the page. */
  seen(isSeen: boolean): void {
    clearTimeout(this.#resting);
    if (!isSeen) this.#resting = setTimeout(() => this.rest(), REST_MS);
    else if (this.#isResting) {
      this.#isResting = false;
      this.#begin();
    }
  }

  /** Closes the stream until somebody sees the page. */
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
    // A stream that cannot be opened at once says so before this has come back.
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
    if (this.#connection !== 'live') return; // what was not there yet is not lost
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
    // A later stream of other things starts from where the page is then.
    const since = readCursor(id)?.since ?? 0;
    for (const [part, follow] of this.#follows) {
      if (follow.since >= since) continue;
      this.#follows.set(part, { ...follow, since });
      this.#reached.set(part, { from: this.#reached.get(part)?.from ?? follow.since, since });
    }
    const at = performance.now();
    if (event.startOver) this.#series = []; // of a record that may have been another
    this.#series = [
      ...this.#series.filter((one) => one.at >= at - REMEMBER_MS),
      ...event.series.map((packed) => ({ at, packed })),
    ];
    for (const { id: runId, params } of event.runs) this.#params.set(runId, params);
    this.#listener.onEvent(event);
  }
}

/** How long to wait, in ms, after so many connections that failed one after another: a server may have too many at once. */
export const pauseAfter = (failures: number): number => Math.min(30_000, 2_000 * 2 ** failures);
