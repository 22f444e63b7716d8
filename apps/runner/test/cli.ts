import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const bin = fileURLToPath(new URL('../bin/whorl.js', import.meta.url));

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

/** Starts `whorl` on the record at `home`. */
export const start = (home: string, ...args: string[]) => startWith({}, home, ...args);

/** Starts `whorl` with these environment variables. */
export function startWith(variables: Readonly<Record<string, string>>, home: string, ...args: string[]) {
  const { NO_COLOR: _, FORCE_COLOR: __, DATABASE_URL: ___, ...env } = process.env;
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...env, ...variables, WHORL_HOME: home },
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

/** Runs `whorl` to its end. */
export const whorl = (home: string, ...args: string[]): Promise<Ended> => start(home, ...args).ended;

/** Runs `whorl ... --json` and reads the one document. */
export async function json<T>(home: string, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await whorl(home, ...args, '--json');
  if (code !== 0) throw new Error(`whorl ${args.join(' ')}: exit code ${code}\n${stderr}`);
  return JSON.parse(stdout) as T;
}
