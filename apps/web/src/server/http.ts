import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { z } from 'zod';
import type { Context } from './context.ts';
import { appRouter } from './router.ts';
import { idSchema } from './schemas.ts';
import { asStoreError } from './store.ts';
import { allVisible } from './trpc.ts';

const notFound = () =>
  new Response('Not found\n', { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });

/** Answers a tRPC request below `endpoint`; without a context, as if nothing were there. */
export function answerTrpc(request: Request, endpoint: string, context: Context | null): Promise<Response> | Response {
  if (!context) return notFound();
  return fetchRequestHandler({ req: request, endpoint, router: appRouter, createContext: () => context });
}

const addressSchema = z.object({ runId: idSchema, id: z.coerce.number().int().min(1) });

/** Answers with an artifact's bytes. They never change under their address: the tag is their hash. */
export async function answerArtifact(
  request: Request,
  context: Context | null,
  address: { runId: string; id: string },
): Promise<Response> {
  const parsed = addressSchema.safeParse(address);
  if (!context || !parsed.success || !(await allVisible(context, [parsed.data.runId]))) return notFound();
  try {
    const { record, data } = await context.store.artifacts.read(parsed.data.runId, parsed.data.id);
    const etag = `"${record.sha256}"`;
    const headers = {
      'Content-Type': 'application/octet-stream',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, max-age=31536000, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      ETag: etag,
    };
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
    return new Response(new Uint8Array(data), { headers });
  } catch (error) {
    const failure = asStoreError(error);
    if (!failure) throw error;
    if (failure.code === 'not-found') return notFound();
    console.error(failure.message);
    return new Response('The file is damaged; the server log says where\n', { status: 500 });
  }
}
