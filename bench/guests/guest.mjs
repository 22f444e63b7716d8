// A guest who sends the same request again and again, from a thread of its own so that it does not delay the owner's.
// workerData: { url, attack, seconds, atOnce }. Posts how often each status came.

import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/** @type {{ url: string, attack: import('./attacks.mjs').Attack, seconds: number, atOnce: number }} */
const { url, attack, seconds, atOnce } = workerData;
const address = new URL(`${new URL(url).pathname}/trpc/${attack.path}`, url);
const body = attack.body === undefined ? undefined : Buffer.from(attack.body);
const end = performance.now() + 1000 * seconds;
/** @type {Record<string, number>} */
const statuses = {};
const agent = new Agent({ keepAlive: false });
/** Refusals are fast: even an insistent person pauses before asking again. */
const PAUSE_MS = 5;
/** How long after the end an answer may still come. */
const GRACE_MS = 10_000;

/** @returns {Promise<void>} once the answer has come, or for one that is not read once the time is over */
function ask() {
  return new Promise((resolve) => {
    let told = false;
    const count = (/** @type {string} */ status) => {
      if (!told) statuses[status] = (statuses[status] ?? 0) + 1;
      told = true;
    };
    const sent = request(address, {
      agent,
      method: body ? 'POST' : 'GET',
      headers: body
        ? { 'Content-Type': 'application/json', 'Content-Length': body.length }
        : { Accept: 'text/event-stream' },
    });
    sent.on('response', (response) => {
      count(String(response.statusCode));
      if (attack.unread) {
        response.pause();
        response.once('error', () => {});
      } else response.resume().once('close', () => resolve());
    });
    // An unread answer never ends, nor perhaps one for which a server has no time.
    const over = setTimeout(
      () => {
        count('no answer');
        sent.destroy();
        resolve();
      },
      end - performance.now() + (attack.unread ? 0 : GRACE_MS),
    );
    sent.once('close', () => {
      if (!attack.unread) clearTimeout(over);
    });
    sent.on('error', (error) => {
      count(/** @type {NodeJS.ErrnoException} */ (error).code ?? error.message);
      resolve();
    });
    sent.end(body);
  });
}

async function insist() {
  while (performance.now() < end) {
    await ask();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
await Promise.all(Array.from({ length: attack.unread ?? atOnce }, insist));
parentPort?.postMessage(statuses);
