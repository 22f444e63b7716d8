import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../measure/bench-error.mjs';

const app = fileURLToPath(new URL('../../apps/web/dist/main.js', import.meta.url));
const START_MS = 120_000;

/**
 * A server that speaks MLflow's protocol.
 * @typedef {object} Server
 * @property {string} name
 * @property {string} url
 * @property {string} data the folder in which it keeps what it is told
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** @param {import('node:child_process').ChildProcess} child */
async function ended(child) {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill();
    await once(child, 'exit');
  }
}

/** @param {string} folder @returns {Promise<Server>} */
export async function startWhorl(folder) {
  const data = path.join(folder, 'whorl');
  const env = { ...process.env, WHORL_HOME: data, WHORL_PORT: '0', WHORL_SHARE_PORT: '0' };
  const child = fork(app, [], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ url }] = /** @type {[{ url: string }]} */ (await once(child, 'message'));
  return { name: 'Whorl', url, data, stop: () => ended(child) };
}

/** @param {string} name @param {string} command @param {readonly string[]} args @param {number} port @param {string} data */
async function startPeer(name, command, args, port, data) {
  const env = { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' };
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env, detached: true });
  let said = '';
  child.stderr.on('data', (text) => {
    said = `${said}${text}`.slice(-2000);
  });
  child.on('error', (error) => {
    said = error.message;
  });
  const url = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + START_MS; ; await sleep(200)) {
    const answers = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) break;
    if (child.exitCode !== null || child.pid === undefined || Date.now() > until)
      throw new BenchError(`${name} did not start: ${said}`);
  }
  // Its workers are processes of their own, in its process group.
  const stop = async () => {
    const gone = once(child, 'exit');
    process.kill(-(/** @type {number} */ (child.pid)), 'SIGTERM');
    await gone;
  };
  return { name, url, data, stop };
}

/** @param {string} python one that has MLflow @param {string} data @returns {Promise<Server>} */
export async function startMlflow(python, data) {
  mkdirSync(data, { recursive: true });
  const port = await freePort();
  const args = ['--backend-store-uri', `sqlite:///${data}/mlflow.db`, '--artifacts-destination', `${data}/artifacts`];
  const where = ['--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  return startPeer('MLflow', python, ['-m', 'mlflow', 'server', ...args, ...where], port, data);
}

/**
 * The program of FastTrackML, a stand-alone server.
 * @param {string} python one beside which it is installed @throws BenchError
 */
export function fastTrackMl(python) {
  const command = path.join(path.dirname(python), 'fml');
  if (existsSync(command)) return command;
  throw new BenchError(`--fasttrackml: ${command} is not there; pip install fasttrackml`);
}

/** @param {string} python one beside which FastTrackML is installed @param {string} data @returns {Promise<Server>} */
export async function startFastTrackMl(python, data) {
  mkdirSync(data, { recursive: true });
  const port = await freePort();
  const args = ['server', '--listen-address', `127.0.0.1:${port}`, '--database-uri', `sqlite://${data}/fasttrackml.db`];
  return startPeer('FastTrackML', fastTrackMl(python), args, port, data);
}
