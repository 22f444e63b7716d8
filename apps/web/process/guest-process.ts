import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** What the process of the guests says. */
export type FromGuests = { readonly kind: 'ready'; readonly port: number } | { readonly kind: 'alive' };

/** How often it says that it is alive. */
export const ALIVE_MS = 1_000;
/** After how long without a word it is taken to hang in one question. */
const HANGS_MS = 30_000;
const RESTART_MS = 1_000;
const MOST_RESTART_MS = 30_000;
/** One that lived as long as this is started again at once. */
const SETTLED_MS = 60_000;
/** What guests ask for lives in so much memory. */
const HEAP_MB = 320;

/** Says that no other port will do: links that were given away name this one. */
export const SAME_PORT = '--same-port';

const ENTRY = path.join(import.meta.dirname, 'guests.js');

/**
 * The process that answers guests. One that dies is started again on the same port; one that hangs is ended first. It
 * ends with this process.
 */
export class GuestProcess {
  readonly #env: NodeJS.ProcessEnv;
  #heardAt = 0;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /** Starts it, and gives the port on which it listens. @throws Error where it does not come up */
  async start(): Promise<number> {
    const child = this.#fork(this.#env, []);
    const port = await this.#ready(child);
    void this.#keep(child, { ...this.#env, WHORL_SHARE_PORT: String(port) });
    return port;
  }

  #fork(env: NodeJS.ProcessEnv, args: readonly string[]): ChildProcess {
    const child = fork(ENTRY, args, { env, execArgv: [`--max-old-space-size=${HEAP_MB}`], stdio: 'inherit' });
    child.on('message', (message: FromGuests) => {
      if (message.kind === 'alive') this.#heardAt = performance.now();
    });
    return child;
  }

  async #ready(child: ChildProcess): Promise<number> {
    const gone = new AbortController();
    child.once('exit', () => gone.abort());
    try {
      const [message] = (await once(child, 'message', { signal: gone.signal })) as [FromGuests];
      if (message.kind === 'ready') return message.port;
    } catch {
      // it ended: what it said is on stderr
    }
    throw new Error('the process that answers share links did not start');
  }

  async #keep(started: ChildProcess, env: NodeJS.ProcessEnv): Promise<void> {
    let pause = RESTART_MS / 2;
    for (let child = started; ; child = this.#fork(env, [SAME_PORT])) {
      const startedAt = performance.now();
      this.#heardAt = startedAt;
      const watchdog = setInterval(() => {
        if (performance.now() - this.#heardAt < HANGS_MS) return;
        console.error(`the process that answers share links hung for ${HANGS_MS / 1000} s: it is started again`);
        child.kill('SIGKILL');
      }, ALIVE_MS);
      watchdog.unref();
      await once(child, 'exit');
      clearInterval(watchdog);
      const isSettled = performance.now() - startedAt >= SETTLED_MS;
      pause = isSettled ? RESTART_MS : Math.min(2 * pause, MOST_RESTART_MS);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
