import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Store } from '@whorl/store';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Context } from '../src/server/access/context.ts';
import { answerTrpc } from '../src/server/http.ts';
import { liveFeeds } from '../src/server/live/live-feeds.ts';
import { appRouter } from '../src/server/router.ts';
import { guestOf, log, ownerOf, startRun, temporaryStore } from './record.ts';

const ENDPOINT = '/api/trpc';

interface Piece {
  readonly event: string;
  readonly data: string;
  readonly id: string | null;
}

/** Reads a stream of events as a browser does. */
class Reader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = '';

  readonly response: Response;

  constructor(response: Response) {
    this.response = response;
    this.#reader = (response.body as ReadableStream<Uint8Array>).getReader();
    onTestFinished(() => this.close());
  }

  /** The next event; null at the end. Pings are none. */
  async next(): Promise<Piece | null> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end < 0) {
        const { value, done } = await this.#reader.read();
        if (done) return null;
        this.#text += this.#decoder.decode(value, { stream: true });
        continue;
      }
      const lines = this.#text.slice(0, end).split('\n');
      this.#text = this.#text.slice(end).replace(/^\n+/, '');
      const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const event = field('event') ?? 'message';
      if (event !== 'ping') return { event, data: field('data') ?? '', id: field('id') ?? null };
    }
  }

  close = (): Promise<void> => this.#reader.cancel().catch(() => {});
}

const requestOf = (input: unknown, headers: Record<string, string> = {}): Request =>
  new Request(`http://localhost${ENDPOINT}/live.watch?input=${encodeURIComponent(JSON.stringify({ json: input }))}`, {
    headers,
  });

const open = async (context: Context, request: Request): Promise<Reader> =>
  new Reader(await answerTrpc(request, ENDPOINT, context));

/** As tRPC writes the stream by itself. */
const openByTrpc = async (context: Context, req: Request): Promise<Reader> =>
  new Reader(await fetchRequestHandler({ req, endpoint: ENDPOINT, router: appRouter, createContext: () => context }));

async function recorded(): Promise<{ store: Store; run: Awaited<ReturnType<typeof startRun>>; input: object }> {
  const store = await temporaryStore();
  const run = await startRun(store, '实验');
  log(store, run.id, 'loss', 0, [3, Number.NaN, Number.POSITIVE_INFINITY]);
  return { store, run, input: { target: { experimentId: run.experimentId }, keys: ['loss'], since: 0 } };
}

describe('a live stream', () => {
  it('is what tRPC itself would write: the start, events with their ids, a refusal, the end', async () => {
    const { store, run, input } = await recorded();
    const [ours, theirs] = [
      await open(ownerOf(store), requestOf(input)),
      await openByTrpc(ownerOf(store), requestOf(input)),
    ];
    expect(ours.response.headers.get('content-type')).toBe(theirs.response.headers.get('content-type'));
    const begin = [await ours.next(), await theirs.next()];
    expect(begin[0]).toEqual({ event: 'connected', data: expect.stringContaining('reconnect'), id: null });
    expect(begin[0]).toEqual(begin[1]);
    const [first, same] = [await ours.next(), await theirs.next()];
    expect(JSON.parse(first?.data ?? '')).toEqual(JSON.parse(same?.data ?? ''));
    expect(first?.data).toContain('"total":3');
    expect(first?.id?.replace(/^[^~]*/, ''), 'the moment aside').toBe(same?.id?.replace(/^[^~]*/, ''));
    log(store, run.id, 'loss', 3, [1]);
    const news = [await ours.next(), await theirs.next()];
    expect(news[0]?.data).toContain('"offset":3,"total":4');
    expect(news[0]).toEqual(news[1]);

    for (const bad of [{ ...input, keys: 1 }, { ...input, target: { experimentId: 'none' } }, null]) {
      const told = await Promise.all(
        [await open(ownerOf(store), requestOf(bad)), await openByTrpc(ownerOf(store), requestOf(bad))].map(
          async (reader) => [await reader.next(), await reader.next()],
        ),
      );
      expect(told[0]?.[1]).toMatchObject({ event: 'serialized-error' });
      expect(told[0]).toEqual(told[1]);
    }
  });

  it('goes on from the last event that a page had', async () => {
    const { store, run, input } = await recorded();
    const before = await open(ownerOf(store), requestOf(input));
    await before.next();
    const id = (await before.next())?.id ?? '';
    await before.close();
    log(store, run.id, 'loss', 3, [1, 2]);
    const after = await open(ownerOf(store), requestOf(input, { 'Last-Event-ID': id }));
    await after.next();
    expect((await after.next())?.data).toContain('"offset":3,"total":5');
  });

  it('of two pages that watch the same is the same bytes, made once', async () => {
    const { store, run, input } = await recorded();
    const { context } = await guestOf(store, run.experimentId);
    const responses = await Promise.all([1, 2].map(() => answerTrpc(requestOf(input), ENDPOINT, context)));
    const readers = responses.map(({ body }) => (body as ReadableStream<Uint8Array>).getReader());
    onTestFinished(async () => void (await Promise.all(readers.map((reader) => reader.cancel()))));
    for (let piece = 0; piece < 2; piece++) await Promise.all(readers.map((reader) => reader.read()));
    log(store, run.id, 'loss', 3, [1]);
    const [a, b] = await Promise.all(readers.map((reader) => reader.read()));
    expect(a?.value).toBeInstanceOf(Uint8Array);
    expect(a?.value).toBe(b?.value);
  });

  it('ends with a word when the link is revoked, and leaves nobody behind who went away', async () => {
    const { store, run, input } = await recorded();
    const { context, shareId } = await guestOf(store, run.experimentId);
    const guest = await open(context, requestOf(input));
    const owner = await open(ownerOf(store), requestOf(input));
    const gone = new AbortController();
    const left = new Request(requestOf(input), { signal: gone.signal });
    const third = await open(ownerOf(store), left);
    for (const reader of [guest, owner, third]) for (let piece = 0; piece < 2; piece++) await reader.next();
    expect(liveFeeds(store).size).toBe(3);
    gone.abort();
    await expect.poll(() => liveFeeds(store).size).toBe(2);
    await store.shares.revoke(shareId);
    expect(await guest.next()).toEqual({ event: 'return', data: '', id: null });
    expect(await guest.next()).toBeNull();
    await owner.close();
    await expect.poll(() => liveFeeds(store).size).toBe(0);
  });
});
