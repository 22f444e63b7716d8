import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { openStore } from '@whorl/store';
import createNext from 'next';
import { decideApp, decideShare, type RequestHead, type Verdict } from './access.ts';
import { withAssets } from './assets.ts';
import { parseSettings, type Settings, SettingsError } from './env.ts';
import { addressOf, listen } from './listen.ts';
import { setRunning } from './running.ts';

// One Next.js app behind two listeners. The first is the app. The second answers shares and nothing else, so that
// its address can be given away.

/** The package's export, whose types differ between module systems. */
type StartNext = (options: { dev: boolean; dir: string; quiet: boolean }) => {
  prepare(): Promise<void>;
  getRequestHandler(): unknown;
};

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const headOf = ({ method = 'GET', url = '/', headers }: IncomingMessage): RequestHead => ({
  method,
  url,
  host: headers.host,
  origin: headers.origin,
  authorization: headers.authorization,
  cookie: headers.cookie,
});

function serve(handle: Handler, decide: (head: RequestHead) => Verdict): Server {
  return createServer((request, response) => {
    const verdict = decide(headOf(request));
    if (verdict.kind === 'answer') {
      handle(request, response).catch((error: unknown) => {
        console.error(error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
      return;
    }
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Referrer-Policy', 'no-referrer');
    if (verdict.kind === 'sign-in') {
      response.writeHead(303, { Location: verdict.location, 'Set-Cookie': verdict.cookie }).end();
    } else {
      response.writeHead(verdict.status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${verdict.message}\n`);
    }
  });
}

function exitWith(servers: readonly Server[]): void {
  for (const server of servers) {
    server.close();
    server.closeAllConnections(); // live pages hold theirs open for ever
  }
  process.exit(0);
}

async function main(settings: Settings): Promise<void> {
  const servers: Server[] = [];
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, () => exitWith(servers));

  const store = await openStore({ home: settings.home, databaseUrl: settings.databaseUrl });
  setRunning({ settings, store, shareUrl: null });
  const dir = path.resolve(import.meta.dirname, '..');
  const app = (createNext as unknown as StartNext)({ dev: false, dir, quiet: true });
  await app.prepare();
  const handle = withAssets(dir, app.getRequestHandler() as Handler);

  const appServer = serve(handle, (head) => decideApp(head, settings.token));
  const shareServer = serve(handle, decideShare);
  servers.push(appServer, shareServer);
  const url = addressOf(settings.host, await listen(appServer, settings.host, settings.port));
  const shareUrl = addressOf(settings.shareHost, await listen(shareServer, settings.shareHost, settings.sharePort));
  setRunning({ settings, store, shareUrl });
  if (process.send) process.send({ url, shareUrl });
  else console.log(`Whorl is at ${url} (share links open at ${shareUrl})`);
}

try {
  await main(parseSettings(process.env));
} catch (error) {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(error instanceof SettingsError ? 2 : 1);
}
