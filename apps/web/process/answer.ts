import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { AccessDecision, RequestHead } from './access.ts';
import { withAssets } from './assets.ts';
import { refuseMlflow } from './mlflow-refusal.ts';
import { SIGN_IN_POLICY, signInPage } from './sign-in-page.ts';

/** The package's export, whose types differ between module systems. */
type StartNext = (options: { dev: boolean; dir: string; quiet: boolean; httpServer: Server }) => {
  prepare(): Promise<void>;
  getRequestHandler(): unknown;
};

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The built pages and their files. */
export async function startPages(): Promise<Handler> {
  const dir = path.resolve(import.meta.dirname, '..');
  const { default: createNext } = await import('next'); // half of a second: not before the server listens
  // Next.js answers by itself what asks its server to upgrade, whoever asks. It is given one that nobody reaches.
  const httpServer = createServer();
  const app = (createNext as unknown as StartNext)({ dev: false, dir, quiet: true, httpServer });
  await app.prepare();
  return withAssets(dir, app.getRequestHandler() as Handler);
}

/** How often to look for connections that are too slow. */
const CHECK_MS = 2_000;
/** How long a connection stays open between two questions. Node's 5 s end while a busy client asks anew. */
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

/** A server that hands to `handle` what `decide` lets through. */
export function guardedServer(handle: Handler, decide: (head: RequestHead) => AccessDecision): Server {
  return createServer(
    { connectionsCheckingInterval: CHECK_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      const verdict = decide(headOf(request));
      if (verdict.kind === 'answer') {
        if (verdict.cookie) response.setHeader('Set-Cookie', verdict.cookie);
        handle(request, response).catch((error: unknown) => {
          if (!request.socket.destroyed) console.error(error); // who asked went away: that is nobody's fault
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

/** Ends the process where it is told to, and with the process that started it; with it what its servers still answer. */
export function endWhenTold(servers: readonly Server[]): void {
  const end = () => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections(); // live pages hold theirs open for ever
    }
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, end);
  if (process.connected === false) end(); // it went while this one was loading, when nobody heard
}
