import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { z } from 'zod';
import { refusal } from '#process/refusal.ts';
import { idSchema } from '#src/contract/schemas.ts';
import { MOST_BYTES, MOST_OF_A_BATCH } from './access/budget.ts';
import type { Context } from './access/context.ts';
import { bytesFor, textsFor, told } from './access/guest-view.ts';
import { asStoreError } from './access/store.ts';
import { allVisible } from './access/visible.ts';
import { answerLive } from './live-stream.ts';
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

/** Answers with the bytes of an artifact. They never change, so their hash is the ETag. */
export async function answerArtifact(
  request: Request,
  context: Context | null,
  address: { runId: string; id: string },
): Promise<Response> {
  const parsed = addressSchema.safeParse(address);
  if (!context || !parsed.success || !allVisible(context, [parsed.data.runId])) return notFound('page');
  try {
    const { record, data } = await context.store.artifacts.read(parsed.data.runId, parsed.data.id);
    const texts = textsFor(context.viewer);
    const etag = `"${record.sha256}${texts === 'whole' ? '' : '-shared'}"`;
    const headers = {
      'Content-Type': 'application/octet-stream',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, max-age=31536000, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      ETag: etag,
    };
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
    return new Response(new Uint8Array(bytesFor(texts, record, data)), { headers });
  } catch (error) {
    const failure = asStoreError(error);
    if (!failure) throw error;
    if (failure.code === 'not-found') return notFound('page');
    console.error(failure.message);
    return new Response(`${told(failure.message, textsFor(context.viewer))}\n`, { status: 500 });
  }
}
