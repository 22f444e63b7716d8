import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, type Page } from '@playwright/test';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = path.join(root, 'apps', 'runner', 'bin', 'whorl.js');
const madeUpCourse = path.join(root, 'apps', 'runner', 'test', 'made-up-course.mjs');

/** A command line that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `whorl` process. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

function start(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [file, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }) as Ended);
  return { child, ended };
}

/** A web app that answers. */
export interface App {
  readonly url: string;
  readonly shareUrl: string;
  readonly running: Running;
}

/** A record of its own in a temporary folder, and the commands on it. */
export class Whorl {
  readonly home = mkdtempSync(path.join(tmpdir(), 'whorl-e2e-'));
  readonly #running = new Set<Running>();
  readonly #recorded = new Map<string, Promise<RunsDocument>>();
  #names = 0;

  #launch(file: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Running {
    const { NO_COLOR: _, FORCE_COLOR: __, DATABASE_URL: ___, ...env } = process.env;
    const running = start(file, args, { ...env, WHORL_HOME: this.home, ...more });
    this.#running.add(running);
    running.ended.finally(() => this.#running.delete(running));
    return running;
  }

  /** Starts a command and leaves it running. */
  start(...args: string[]): Running {
    return this.#launch(cli, args);
  }

  /** What `npm start` does after npm itself. */
  npmStart(...args: string[]): Running {
    return this.#launch(path.join(root, 'scripts', 'start.mjs'), args);
  }

  /** Runs a command to its end; its failure is the test's. */
  async run(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.start(...args).ended;
    if (code !== 0) throw new Error(`whorl ${args.join(' ')}: exit code ${code}\n${stderr}`);
    return stdout;
  }

  /** Records the whole quick course with numbers that nobody trained: the real one takes minutes. */
  async recordMadeUpCourse(): Promise<void> {
    const { code, stderr } = await this.#launch(madeUpCourse, [this.home]).ended;
    if (code !== 0) throw new Error(stderr);
  }

  async json<T>(...args: string[]): Promise<T> {
    return JSON.parse(await this.run(...args, '--json')) as T;
  }

  /** A name that no experiment has. */
  newName(study: string): string {
    this.#names += 1;
    return `${study} ${this.#names}`;
  }

  /** Runs a study into an experiment of its own. */
  fresh(study: string, ...args: string[]): Promise<RunsDocument> {
    return this.json<RunsDocument>('run', study, ...args, '--name', this.newName(study));
  }

  /** The same for who only reads it: asked for again, gives what is there. */
  recorded(study: string, ...args: string[]): Promise<RunsDocument> {
    const key = [study, ...args].join(' ');
    const recorded = this.#recorded.get(key) ?? this.fresh(study, ...args);
    this.#recorded.set(key, recorded);
    return recorded;
  }

  /** The run of an experiment that is training, once it is. */
  async training(experiment: string): Promise<RunDocument> {
    for (;;) {
      const { stdout } = await this.start('ls', experiment, '--json').ended;
      const runs = stdout === '' ? [] : (JSON.parse(stdout) as RunsDocument).runs;
      const found = runs.find(({ status }) => status === 'running');
      if (found) return found;
    }
  }

  /** Starts the web app on free ports, or its own pages on `port`, with these environment variables. */
  async serve(port = '0', env: NodeJS.ProcessEnv = {}): Promise<App> {
    const running = this.#launch(cli, ['serve', '--port', port, '--share-port', '0', '--json'], env);
    let text = '';
    running.child.stdout?.on('data', (data) => {
      text += data;
    });
    for (;;) {
      try {
        return { ...(JSON.parse(text) as { url: string; shareUrl: string }), running };
      } catch {
        const over = await Promise.race([running.ended, new Promise<null>((resolve) => setTimeout(resolve, 50, null))]);
        if (over) throw new Error(`whorl serve ended: ${over.stderr}`);
      }
    }
  }

  /** Stops what still runs and removes the record. */
  async dispose(): Promise<void> {
    for (const { child } of this.#running) child.kill('SIGTERM');
    await Promise.all([...this.#running].map(({ ended }) => ended));
    rmSync(this.home, { recursive: true, force: true });
  }
}

export interface RunDocument {
  readonly id: string;
  readonly seed: number;
  readonly status: string;
  readonly config: { readonly model: { readonly activation: string }; readonly optimizer: { readonly name: string } };
  readonly url: string;
  readonly summary: Readonly<Record<string, { last: number; min: number; max: number }>>;
}

export interface RunsDocument {
  readonly experiment: { readonly id: string; readonly name: string; readonly url: string };
  readonly runs: readonly RunDocument[];
}

interface Fixtures {
  readonly whorl: Whorl;
  readonly app: App;
}

/** Every button answers: a click on one that React has not reached yet would be lost. */
const answers = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll('button')].every((button) =>
      Object.keys(button).some((key) => key.startsWith('__reactProps')),
    ),
  );

/** Tests with a record and a web app of their own. A page that was gone to or loaded again answers. */
export const test = base.extend<Fixtures, { kept: Fixtures }>({
  page: async ({ page }, use) => {
    const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
    page.goto = async (...args) => {
      const response = await goto(...args);
      await answers(page);
      return response;
    };
    page.reload = async (...args) => {
      const response = await reload(...args);
      await answers(page);
      return response;
    };
    await use(page);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures destructured
  whorl: async ({}, use) => {
    const whorl = new Whorl();
    await use(whorl);
    await whorl.dispose();
  },
  app: async ({ whorl }, use) => {
    await use(await whorl.serve());
  },
  kept: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures destructured
    async ({}, use) => {
      const whorl = new Whorl();
      await use({ whorl, app: await whorl.serve() });
      await whorl.dispose();
    },
    { scope: 'worker' },
  ],
});

/** Tests that share a record and a web app with the others of their worker: they change only what they recorded. */
export const sharing = test.extend({
  whorl: ({ kept }, use) => use(kept.whorl),
  app: ({ kept }, use) => use(kept.app),
});

/** A study small enough to be done in a second. */
export const QUICK = ['epochs=40', 'data.n=50', '--engine', 'wasm', '--jobs', '1'] as const;

/** A training that lasts until it is stopped. */
export const ENDLESS = ['epochs=1000000', 'data.n=100', '--engine', 'wasm'] as const;

const GRID = [...QUICK, 'model.activation=relu,linear', 'optimizer.name=sgd,adam', '--seeds', '1..3'] as const;

/** Two activations and two optimizers, three seeds each; to be read. */
export const grid = (whorl: Whorl): Promise<RunsDocument> => whorl.recorded('spiral', ...GRID);

/** The same for who changes it. */
export const ownGrid = (whorl: Whorl): Promise<RunsDocument> => whorl.fresh('spiral', ...GRID);

export { expect } from '@playwright/test';

/** Whether a process of this id is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
