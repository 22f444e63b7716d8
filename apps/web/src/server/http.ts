import { Readable } from 'node:stream';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { ArtifactRecord } from '@whorl/store';
import { z } from 'zod';
import { refusal } from '#process/refusal.ts';
import { idSchema } from '#src/contract/schemas.ts';
import { MOST_BYTES, MOST_OF_A_BATCH } from './access/budget.ts';
import type { Context } from './access/context.ts';
import { bytesFor, textsFor, told } from './access/guest-view.ts';
import { asStoreError } from './access/store.ts';
import { allVisible } from './access/visible.ts';
import { answerLive } from './live-stream.ts';
import { isLogged, mediaTypeOf, shownImage } from './record/media-place.ts';
import { appRouter } from './router.ts';

const refused = (...what: Parameters<typeof refusal>) => {
  const { body, ...init } = refusal(...what);
  return new Response(body, init);
};

const GONE = {
  en: 'nothing is here: the link was revoked, it expired or is not whole, or what it led to was deleted',
  zh: '这里没有内容：链接已撤销、已过期或不完整，或者它指向的内容已被删除',
};
const notFound = (asked: 'procedure' | 'page') => refused('NOT_FOUND', GONE, asked);

/**
 * Answers a tRPC request below `endpoint`; without a context as if nothing were there. Queries may come by POST, because the
 * ids of thousands of runs are too long for an address.
 */
export async function answerTrpc(request: Request, endpoint: string, context: Context | null): Promise<Response> {
  if (!context) return notFound('procedure');
  const live = await answerLive(request, context);
  if (live) return live;
  const { kind } = context.viewer;
  const body = await readBody(request, MOST_BYTES[kind]);
  if (body === null) {
    const most = MOST_BYTES[kind];
    const said = {
      en: `expected at most ${most} bytes; ask for fewer runs at a time`,
      zh: `最多 ${most} 字节；请一次少选一些运行`,
    };
    return refused('PAYLOAD_TOO_LARGE', said, 'procedure');
  }
  return fetchRequestHandler({
    req: body === undefined ? request : new Request(request, { body }),
    endpoint,
    router: appRouter,
    createContext: () => context,
    allowMethodOverride: true,
    maxBatchSize: MOST_OF_A_BATCH[kind],
    responseMeta: () => ({ headers: new Headers({ 'Cache-Control': 'private, no-store' }) }),
  });
}

/** The body of a POST; undefined for other requests, null for a body that is too long, whatever its declared length. */
async function readBody(request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | undefined | null> {
  if (request.method !== 'POST') return undefined;
  if (Number(request.headers.get('content-length') ?? 0) > most) return null;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body ?? []) {
    bytes += part.byteLength;
    if (bytes > most) return null;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

const addressSchema = z.object({ runId: idSchema, id: z.coerce.number().int().min(1) });

/** Larger files are sent in parts, as they are read. */
const HELD_BYTES = 32_000_000;

/**
 * Answers with the bytes of an artifact. Only images are shown, by what they are and not by what they are called; everything else can
 * only be saved, so that nothing that somebody uploaded runs in this origin.
 */
export async function answerArtifact(
  request: Request,
  context: Context | null,
  address: { runId: string; id: string },
): Promise<Response> {
  const parsed = addressSchema.safeParse(address);
  if (!context || !parsed.success || !allVisible(context, [parsed.data.runId])) return notFound('page');
  const texts = textsFor(context.viewer);
  try {
    const known = context.store.artifacts.get(parsed.data.runId, parsed.data.id);
    const etag = `"${known.sha256}${texts === 'whole' ? '' : '-shared'}"`;
    const headers = { ...headersOf(known, new URL(request.url).searchParams.get('v')), ETag: etag };
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
    if (known.size > HELD_BYTES && texts === 'whole') {
      const parts = Readable.toWeb(Readable.from(context.store.artifacts.chunks(known))) as ReadableStream<Uint8Array>;
      return new Response(parts, { headers: { ...headers, ...SAVED, 'Content-Length': String(known.size) } });
    }
    const { record, data } = await context.store.artifacts.read(known.runId, known.id);
    const image = shownImage(data);
    const body = bytesFor(texts, { ...record, mediaType: mediaTypeOf(record) }, data);
    return new Response(new Uint8Array(body), {
      headers: { ...headers, ...(image ? { 'Content-Type': image } : SAVED) },
    });
  } catch (error) {
    const failure = asStoreError(error);
    if (!failure) throw error;
    if (failure.code === 'not-found') return notFound('page');
    console.error(failure.message);
    return new Response(`${told(failure.message, texts)}\n`, { status: 500 });
  }
}

const SAVED = { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment' };

/** @param version that the address asks for; its contents never change */
function headersOf({ name, sha256 }: Pick<ArtifactRecord, 'name' | 'sha256'>, version: string | null) {
  // A program may log other contents under the same name, and the id stays. What Whorl makes is written once.
  const isFixed = !isLogged(name) || (version !== null && version !== '' && sha256.startsWith(version));
  return {
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': isFixed ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  };
}
