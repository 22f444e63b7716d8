import type { Server } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decideApp } from './access.ts';
import { endWhenTold, guardedServer, startPages } from './answer.ts';
import { withClient } from './client-listener.ts';
import { Door } from './door.ts';
import { parseSettings, type ServerSettings, SettingsError } from './env.ts';
import { GuestProcess } from './guest-process.ts';
import { addressOf, listen } from './listen.ts';
import { withLog } from './log-listener.ts';
import { withMlflow } from './mlflow-listener.ts';
import { KeptRecord, withRecord } from './record.ts';
import { setRunning } from './running.ts';
import { Sessions } from './sessions.ts';

// The process of the app, for the owner of the record. Guests are answered by another process, so that whatever they ask,
// the owner does not wait.

/** What is built of @whorl/client, the folder above its entry for Node. */
const CLIENT = path.resolve(fileURLToPath(import.meta.resolve('@whorl/client')), '../..');

/** How often to look for runs whose process has died. */
const CRASH_CHECK_MS = 5_000;

async function main(settings: ServerSettings): Promise<void> {
  const servers: Server[] = [];
  endWhenTold(servers);

  const { home, databaseUrl } = settings;
  let shareUrl: string | null = null;
  const record = await KeptRecord.open({ home, databaseUrl, readOnly: 'if needed' }, ({ store }) =>
    setRunning({ settings, store, shareUrl }),
  );
  const guests = new GuestProcess(process.env);
  const [handle, guestPort] = await Promise.all([startPages(), guests.start()]);
  setInterval(() => void record.found.store?.tidy().catch(() => {}), CRASH_CHECK_MS).unref();

  shareUrl = addressOf(settings.shareHost, guestPort);
  let port = settings.port;
  const { token } = settings;
  const door = token === undefined ? undefined : new Door(token, new Sessions(home, token), () => port);
  const server = guardedServer(
    withLog(
      withMlflow(
        withRecord(withClient(CLIENT, handle), () => record.found),
        () => record.found.store,
      ),
      () => record.found.store,
    ),
    (head) => decideApp(head, door),
  );
  servers.push(server);
  port = await listen(server, settings.host, settings.port);
  const url = addressOf(settings.host, port);
  setRunning({ settings, store: record.found.store, shareUrl });
  if (process.send) process.send({ url, shareUrl }, () => {});
  else console.log(`Whorl is at ${url} (share links open at ${shareUrl})`);
}

try {
  await main(parseSettings(process.env));
} catch (error) {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(error instanceof SettingsError ? 2 : 1);
}
