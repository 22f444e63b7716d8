import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { AccessDecision, RequestHead } from './access.ts';
import { withAssets } from './assets.ts';
import { refuseMlflow } from './mlflow-refusal.ts';
import { withPlainTypes } from './plain-types.ts';
import { SIGN_IN_POLICY, signInPage } from './sign-in-page.ts';

/** The type of Next's default export, which differs between module systems. */
type StartNext = (options: { dev: boolean; dir: string; quiet: boolean; httpServer: Server }) => {
  prepare(): Promise<void>;
  getRequestHandler(): unknown;
};

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Loads the built pages. */
export async function startPages(): Promise<Handler> {
  const dir = path.resolve(import.meta.dirname, '..');
  const { default: createNext } = await import('next'); // takes half a second, so only after the server listens
  // Next.js answers upgrade requests on its server without asking whether it may. This server never listens.
  const httpServer = createServer();
  const app = (createNext as unknown as StartNext)({ dev: false, dir, quiet: true, httpServer });
  await app.prepare();
  return withAssets(dir, withPlainTypes(app.getRequestHandler() as Handler));
}

/** How often to look for connections that are too slow. */
const CHECK_MS = 2_000;
/**
 * How long an idle connection stays open. With Node's default of 5 s, busy clients run into connections that were just
 * closed.
 */
const KEEP_ALIVE_MS = 25_000;

const headOf = ({ method = 'GET', url = '/', headers, socket }: IncomingMessage): RequestHead => ({
  method,
  url,
  host: headers.host,
  origin: headers.origin,
  authorization: headers.authorization,
  cookie: headers.cookie,
  address: socket.remoteAddress ?? 'an unknown address',
});

/** A server that passes a request to `handle` if `decide` allows it. */
export function guardedServer(handle: Handler, decide: (head: RequestHead) => AccessDecision): Server {
  return createServer(
    { connectionsCheckingInterval: CHECK_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      const verdict = decide(headOf(request));
      if (verdict.kind === 'answer') {
        if (verdict.cookie) response.setHeader('Set-Cookie', verdict.cookie);
        handle(request, response).catch((error: unknown) => {
          if (!request.socket.destroyed) console.error(error); // the client has gone away, which is nobody's fault
          if (!response.headersSent) response.writeHead(500);
          response.end();
        });
        return;
      }
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.setHeader('Cache-Control', 'no-store');
      response.setHeader('Referrer-Policy', 'no-referrer');
      if (verdict.kind === 'redirect') {
        response.writeHead(303, { Location: verdict.location, 'Set-Cookie': verdict.cookie }).end();
      } else {
        const said = refuseMlflow(request.url ?? '/', verdict);
        if (said) {
          response.writeHead(said.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(said.body));
          return;
        }
        if (verdict.waitS) response.setHeader('Retry-After', String(verdict.waitS));
        const { accept, 'accept-language': language } = request.headers;
        if (verdict.signIn && request.method === 'GET' && accept?.includes('text/html')) {
          response.writeHead(verdict.status, {
            'Content-Type': 'text/html; charset=utf-8',
            'Content-Security-Policy': SIGN_IN_POLICY,
          });
          response.end(signInPage(verdict.signIn, language));
          return;
        }
        response.writeHead(verdict.status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${verdict.message}\n`);
      }
    },
  );
}

/** Ends the process when it is told to, or when the process that started it ends. Open answers end with it. */
export function endWhenTold(servers: readonly Server[]): void {
  const end = () => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections(); // live pages keep theirs open without end
    }
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, end);
  if (process.connected === false) end(); // the parent ended while this process was loading, before the listener was there
}
