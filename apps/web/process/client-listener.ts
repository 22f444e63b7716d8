import path from 'node:path';
import sirv from 'sirv';
import type { Handler } from './answer.ts';
import { CLIENT_SCRIPT, isClientFile, isClientPackage } from './client-files.ts';

// The code of our clients, for programs that have only the server's address: `/client.js` for a page in a browser,
// `/client.tgz` for `npm install`, `/whorl-<version>-py3-none-any.whl` for `pip install`. It is public, and tells nothing of the
// record.

const ENTRY = "export * from './client/browser.js';\n";

/**
 * Serves the client, and passes all other requests to `handle`.
 * @param folder what is built of @whorl/client, and the packages
 */
export function withClient(folder: string, handle: Handler): Handler {
  const serve = sirv(path.resolve(folder), {
    extensions: [],
    setHeaders: (response) => {
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.setHeader('Cache-Control', 'no-cache');
    },
  });
  return async (request, response) => {
    const asked = request.url?.split('?', 1)[0] ?? '/';
    if (!isClientFile(asked) || (request.method !== 'GET' && request.method !== 'HEAD'))
      return handle(request, response);
    // A page asks from another address, and the door has let it through.
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (asked === CLIENT_SCRIPT) {
      response.writeHead(200, {
        'Content-Type': 'text/javascript',
        'Cache-Control': 'no-cache',
        'X-Content-Type-Options': 'nosniff',
      });
      response.end(request.method === 'HEAD' ? undefined : ENTRY);
      return;
    }
    request.url = isClientPackage(asked) ? asked : asked.slice('/client'.length);
    serve(request, response, () => void response.writeHead(404, { 'Cache-Control': 'no-store' }).end());
  };
}
