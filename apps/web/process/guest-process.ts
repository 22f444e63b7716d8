import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** The messages of the guest process. */
export type FromGuests = { readonly kind: 'ready'; readonly port: number } | { readonly kind: 'alive' };

/** How often the process reports that it is alive. */
export const ALIVE_MS = 1_000;
/** A process that has not reported for this long is taken to hang. */
const HANGS_MS = 30_000;
const RESTART_MS = 1_000;
const MOST_RESTART_MS = 30_000;
/** A process that lived at least this long is restarted without delay. */
const SETTLED_MS = 60_000;
/** The heap of the guest process in MB. */
const HEAP_MB = 320;

/** The flag that makes a port mandatory: links that were given away contain it. */
export const SAME_PORT = '--same-port';

const ENTRY = path.join(import.meta.dirname, 'guests.js');

/**
 * Runs the process that answers guests. If it dies it is restarted on the same port; if it hangs it is killed first. It ends
 * with this process.
 */
export class GuestProcess {
  readonly #env: NodeJS.ProcessEnv;
  #heardAt = 0;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /**
   * Starts the process and gives the port on which it listens.
   * @throws Error where it does not start
   */
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
      // it ended, and its error is on stderr
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
