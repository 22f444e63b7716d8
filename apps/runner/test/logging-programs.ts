import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openStore } from '@whorl/store';
import { expect, onTestFinished } from 'vitest';
import { start } from './cli.ts';

// Programs of other people that log to the built app, and what the record has of them then.

/** The web app at the record of `home`, at `port` or a free one. */
export async function serve(
  home: string,
  port = '0',
): Promise<{ url: string; child: ChildProcess; ended: Promise<unknown> }> {
  const { child, ended } = start(home, 'serve', '--port', port, '--share-port', '0', '--json');
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
  });
  await expect.poll(() => said, { timeout: 30_000 }).toContain('}');
  return { url: (JSON.parse(said) as { url: string }).url, child, ended };
}

/** A program that a command runs; what it says is given as it comes. */
export function runProgram(command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => {
    said.out += data;
  });
  child.stderr.on('data', (data) => {
    said.err += data;
  });
  return { said, child, ended: once(child, 'close').then(([code]) => code as number | null) };
}

/** What the record has of a run. */
export async function recorded(home: string, id: string) {
  const store = await openStore({ home, readOnly: true });
  try {
    const [run] = store.logged.read([id]);
    const [found] = await store.runs.getMany([id]);
    const series = Object.fromEntries(
      (run?.series ?? []).map(({ key }) => {
        const { steps, values } = store.metrics.read(id, key);
        return [key, { steps: [...steps], values: [...values] }];
      }),
    );
    const files = (await store.artifacts.list(id)).map(({ name, step, mediaType, size }) => ({
      name,
      step,
      mediaType,
      size,
    }));
    return { run, source: found?.source, series, files };
  } finally {
    await store.close();
  }
}
