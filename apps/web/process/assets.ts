import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';

const PREFIX = '/_next/static';
const YEAR_S = 365 * 24 * 3600;

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Serves scripts, styles and fonts of the build from their compressed files, and passes all other requests to `handle`. The
 * names contain a hash of the contents, so browsers may keep them.
 * @param dir the app's folder
 */
export function withAssets(dir: string, handle: Handler): Handler {
  const serve = sirv(path.join(dir, '.next', 'static'), {
    brotli: true,
    gzip: true,
    immutable: true,
    maxAge: YEAR_S,
    setHeaders: (response) => void response.setHeader('X-Content-Type-Options', 'nosniff'),
  });
  return async (request, response) => {
    const { url = '/' } = request;
    if (!url.startsWith(`${PREFIX}/`)) return handle(request, response);
    request.url = url.slice(PREFIX.length);
    serve(request, response, () => void response.writeHead(404, { 'Cache-Control': 'no-store' }).end());
  };
}
