import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../apps/runner/bin/whorl.js', import.meta.url));

/**
 * Sends a request as a browser does: where the server closed the connection meanwhile, it is sent again on a new one.
 * @param {string} address
 */
async function get(address) {
  try {
    return await fetch(address);
  } catch (error) {
    const { cause } = /** @type {{ cause?: { code?: string } }} */ (error);
    if (cause?.code !== 'UND_ERR_SOCKET' && cause?.code !== 'ECONNRESET') throw error;
    return fetch(address);
  }
}

/** The built web app on a record, on free ports. */
export class Server {
  /** @param {import('node:child_process').ChildProcess} child @param {{ url: string, shareUrl: string }} addresses */
  constructor(child, { url, shareUrl }) {
    this.child = child;
    this.url = url;
    this.shareUrl = shareUrl;
  }

  /** @param {string} home @returns {Promise<Server>} */
  static async start(home) {
    const args = [cli, 'serve', '--port', '0', '--share-port', '0', '--json'];
    const { DATABASE_URL: _, ...env } = process.env;
    const child = spawn(process.execPath, args, {
      env: { ...env, WHORL_HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    for await (const part of child.stdout) {
      text += part;
      try {
        return new Server(child, JSON.parse(text));
      } catch {
        // not complete yet
      }
    }
    throw new Error(`whorl serve ended with ${child.exitCode}`);
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }

  /** Makes a share link and returns its path. @param {unknown} of */
  async share(of) {
    const response = await fetch(`${this.url}/api/trpc/shares.create`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ json: { of } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`shares.create: ${response.status} ${text.slice(0, 300)}`);
    return JSON.parse(text).result.data.json.path;
  }

  /** The answer of a tRPC query, and how many bytes it took. @param {string} procedure @param {unknown} input */
  async ask(procedure, input) {
    const address = `${this.url}/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
    const response = await get(address);
    const text = await response.text();
    if (!response.ok) throw new Error(`${procedure}: ${response.status} ${text.slice(0, 300)}`);
    return { answer: JSON.parse(text).result.data.json, bytes: text.length };
  }
}
