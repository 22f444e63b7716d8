import type { Server } from 'node:http';
import { setPriority } from 'node:os';
import { decideShare } from './access.ts';
import { endWhenTold, guardedServer, type Handler, startPages } from './answer.ts';
import { parseSettings } from './env.ts';
import { limitGuests } from './guest-limits.ts';
import { ALIVE_MS, type FromGuests, SAME_PORT } from './guest-process.ts';
import { listen } from './listen.ts';
import { KeptRecord, withRecord } from './record.ts';
import { keepRoom } from './room.ts';
import { setRunning } from './running.ts';
import { sameAnswers } from './same-answers.ts';

// The process that answers share links. It only reads, shows only what a link covers, and yields to the owner where there is
// not time for both. `main.ts` starts it.

/** What guests are told where the record is missing or damaged. Where it lies, and what happened to it, is for the owner. */
const GONE = {
  en: 'What this link shows is not there at the moment; try again later',
  zh: '这个链接的内容暂时无法显示；请稍后再试',
};

/**
 * A little below the owner in priority. At 10, the usual "below normal", a class of viewers would wait without end beside a
 * run that trains.
 */
const NICENESS = 5;

const say = (message: FromGuests): void => {
  process.send?.(message, undefined, undefined, () => {}); // a parent that has gone shows as 'disconnect', which ends this
};

const servers: Server[] = [];
endWhenTold(servers);
const settings = parseSettings(process.env);
setPriority(NICENESS);
const { home, databaseUrl } = settings;
let records = 0;
const record = await KeptRecord.open({ home, databaseUrl, readOnly: true }, ({ store }) => {
  records += 1;
  setRunning({ settings, store, shareUrl: null });
});
let pages: Promise<Handler> | undefined;
const server = guardedServer(
  // A guest who shares another's answer costs nothing and is not counted.
  sameAnswers(
    () => `${records} ${record.found.store?.revision()}`,
    limitGuests(async (request, response) => {
      pages ??= startPages();
      await withRecord(await pages, () => record.found, GONE)(request, response);
    }),
  ),
  decideShare,
);
servers.push(server);
keepRoom(server);
const port = await (process.argv.includes(SAME_PORT)
  ? listen(server, settings.shareHost, settings.sharePort, 1).catch((error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'another program listens there' : error.message;
      console.error(
        `share links do not open: port ${settings.sharePort} of ${settings.shareHost}: ${why}; it is tried again`,
      );
      process.exit(1);
    })
  : listen(server, settings.shareHost, settings.sharePort));
setInterval(() => say({ kind: 'alive' }), ALIVE_MS).unref();
say({ kind: 'ready', port });
pages ??= startPages(); // only now: the owner's pages wait for the message above
