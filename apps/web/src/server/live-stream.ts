import { isTrackedEnvelope } from '@trpc/server';
import type { Context } from './access/context.ts';
import { carefulJson } from './access/incoming.ts';
import { CLIENT_SSE, PING_MS } from './access/trpc.ts';
import { appRouter } from './router.ts';

// Writes live streams in the format of tRPC's `httpSubscriptionLink`, but serializes each event once for all pages that
// watch the same thing, and sends it in one piece. tRPC's own writer serializes it for every page, in four pieces that each
// pass five streams, which was half of the server's work with a class of viewers.

/** The only procedure that streams. */
const WATCH = /\/live\.watch$/;

const encoder = new TextEncoder();
const pieceOf = (event: string, data = ''): Uint8Array => encoder.encode(`event: ${event}\ndata: ${data}\n\n`);

const CONNECTED = pieceOf('connected', JSON.stringify(CLIENT_SSE));
const PING = pieceOf('ping');
const RETURN = pieceOf('return');

interface Written {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The bytes of the last events. All viewers of a feed get the same. */
const written = new WeakMap<object, Written>();

function bytesOf(id: string, event: object): Uint8Array {
  const known = written.get(event);
  if (known?.id === id) return known.bytes;
  const bytes = encoder.encode(`data: ${JSON.stringify(carefulJson.output.serialize(event))}\nid: ${id}\n\n`);
  written.set(event, { id, bytes });
  return bytes;
}

/**
 * Answers a request for a live stream. Null for other requests, and for refused ones, which tRPC answers as for all
 * procedures.
 */
export async function answerLive(request: Request, context: Context): Promise<Response | null> {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method !== 'GET' || !WATCH.test(pathname)) return null;
  const over = new AbortController();
  const iterator = await events(request, searchParams, context, over.signal);
  if (!iterator) return null;
  const end = () => {
    over.abort(); // while it waits for news
    iterator.return?.().catch(() => {}); // while nobody reads what was sent
  };
  request.signal.addEventListener('abort', end, { once: true });
  let next: Promise<IteratorResult<unknown, unknown>> | null = null;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(CONNECTED),
    async pull(controller) {
      next ??= iterator.next();
      try {
        const result = await within(next, PING_MS);
        if (!result) return controller.enqueue(PING);
        next = null;
        if (!result.done && isTrackedEnvelope(result.value)) {
          const [id, event] = result.value;
          return controller.enqueue(bytesOf(id, event as object));
        }
        controller.enqueue(RETURN);
        controller.close();
      } catch {
        controller.close(); // closed without an end, so that the page reconnects and is then told what failed
      }
    },
    cancel: end,
  });
  return new Response(stream, {
    headers: {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'private, no-store, no-transform', // not compressed, which would delay events
      'X-Accel-Buffering': 'no',
    },
  });
}

/** The events of the procedure; null where it refuses. */
async function events(request: Request, search: URLSearchParams, context: Context, signal: AbortSignal) {
  try {
    const lastEventId = request.headers.get('last-event-id') ?? search.get('lastEventId') ?? undefined;
    const input: unknown = carefulJson.input.deserialize(JSON.parse(search.get('input') ?? ''));
    const given = { ...(input as object), ...(lastEventId === undefined ? {} : { lastEventId }) };
    const caller = appRouter.createCaller(context, { signal });
    const found = await caller.live.watch(given as Parameters<typeof caller.live.watch>[0]);
    return found[Symbol.asyncIterator]();
  } catch {
    return null;
  }
}

/** The value of a promise; null if it takes longer than `ms`. */
async function within<T>(promised: Promise<T>, ms: number): Promise<T | null> {
  let late: NodeJS.Timeout | undefined;
  const never = new Promise<null>((resolve) => {
    late = setTimeout(resolve, ms, null);
  });
  try {
    return await Promise.race([promised, never]);
  } finally {
    clearTimeout(late);
  }
}
