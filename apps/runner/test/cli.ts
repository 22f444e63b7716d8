import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTidied } from '@whorl/store';
import { onTestFinished } from 'vitest';

const bin = fileURLToPath(new URL('../bin/whorl.js', import.meta.url));
const hostFile = fileURLToPath(new URL('./fixtures-host.mjs', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-runner-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Whether this user may mount a file system: the way to a full or read-only disk that holds for root too. */
export const mayMount = (() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
})();

/** A mounted file system of its own size. */
export function smallDisk(size: string): string {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
  });
  return folder;
}

export const remount = (disk: string, option: string) => execFileSync('mount', ['-o', `remount,${option}`, disk]);

/** This environment without what would change the output, its language or the record. */
function plainEnv(): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, DATABASE_URL: ___, WHORL_LANG: ____, ...env } = process.env;
  delete env.TF_ENABLE_ONEDNN_OPTS; // set from outside, it has TensorFlow print a notice
  return { ...env, LC_ALL: 'C.UTF-8' };
}

/** Starts `whorl` on the record at `home`. */
export const start = (home: string, ...args: string[]) => startWith({}, home, ...args);

/** Starts `whorl` with these environment variables. */
export function startWith(variables: Readonly<Record<string, string>>, home: string, ...args: string[]) {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...plainEnv(), ...variables, WHORL_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, stdout, stderr }));
  return { child, ended };
}

/** Runs `whorl` before the tests of a file; what it printed. @throws where it fails */
export const prepare = (home: string, ...args: string[]): string =>
  execFileSync(process.execPath, [bin, ...args], {
    env: { ...process.env, DATABASE_URL: '', WHORL_HOME: home },
    stdio: 'pipe',
    encoding: 'utf8',
  });

let host: ChildProcess | undefined;

/**
 * The answer of `whorl` to a command that neither trains nor serves, as from a process of its own; all that a file of
 * tests asks is asked of one process, which has its modules loaded.
 */
export const ask = (home: string, ...args: string[]): Promise<Ended> => askIn('en', home, ...args);

/** {@link ask} of somebody who reads another language. */
export async function askIn(language: string, home: string, ...args: string[]): Promise<Ended> {
  host ??= fork(hostFile, { env: plainEnv(), stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  host.send({ args, home, language });
  const answered = new AbortController();
  const { signal } = answered;
  const gone = once(host, 'exit', { signal }).then(([code]) => {
    throw new Error(`whorl ${args.join(' ')} ended the process with exit code ${code}`);
  });
  gone.catch(() => {}); // aborted, once there is an answer
  const [ended] = await Promise.race([once(host, 'message', { signal }), gone]);
  answered.abort();
  return ended as Ended;
}

/** Runs `whorl` to its end, in a process of its own. */
export const whorl = (home: string, ...args: string[]): Promise<Ended> => start(home, ...args).ended;

/** Runs `whorl ... --json` and reads the one document; in a process of its own where it trains. */
export async function json<T>(home: string, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await (args[0] === 'run' || args[0] === 'course' ? whorl : ask)(
    home,
    ...args,
    '--json',
  );
  if (code !== 0) throw new Error(`whorl ${args.join(' ')}: exit code ${code}\n${stderr}`);
  return JSON.parse(stdout) as T;
}

/** The status of every run of an experiment by its seed, as a command would find them now. */
export async function statuses(home: string, experiment = 'spiral'): Promise<Readonly<Record<string, string>>> {
  const store = await openTidied({ home });
  try {
    const found = await store.experiments.find(experiment);
    const runs = found === null ? [] : (await store.runs.list(found.id)).items;
    return Object.fromEntries(runs.map(({ seed, status }) => [seed, status]));
  } finally {
    await store.close();
  }
}

/** The processes that a runner has started to train, by their process ids. */
export function workersOf(pid: number | undefined): number[] {
  let children: string[];
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  } catch {
    return [];
  }
  return children.map(Number).filter((child) => {
    try {
      return readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('dist/worker.js');
    } catch {
      return false; // it has gone since
    }
  });
}

/** Whether a process runs; one that has ended and that nobody has asked for does not. */
export function isThere(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
