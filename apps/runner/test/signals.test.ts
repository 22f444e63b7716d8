import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isThere, start, startWith, statuses, temporaryFolder, workersOf } from './cli.ts';

const bin = fileURLToPath(new URL('../bin/whorl.js', import.meta.url));
const small = ['data.n=20', 'model.hidden=[4]', '--engine', 'wasm'];
const endless = ['run', 'spiral', 'epochs=1000000', ...small];

const PATIENCE = { timeout: 40_000, interval: 20 };

/** A worker of the runner, as soon as there is one that is none of these. */
async function newWorker(pid: number | undefined, but: readonly number[] = []): Promise<number> {
  const found = () => workersOf(pid).find((worker) => !but.includes(worker));
  await expect.poll(found, PATIENCE).toBeDefined();
  return found() as number;
}

describe('a process that trains', () => {
  it('bug: that is killed while it loads is started once again, and nothing is lost', async () => {
    const home = temporaryFolder();
    const { child, ended } = start(home, 'run', 'spiral', 'epochs=30', ...small, '--seeds', '1..2', '--jobs', '1');
    process.kill(await newWorker(child.pid), 'SIGKILL');
    const { code, stderr } = await ended;
    expect(code, stderr).toBe(0);
    expect(await statuses(home)).toEqual({ 1: 'finished', 2: 'finished' });
  });

  it('bug: that is killed between two runs takes none of the others with it, and nothing is lost', async () => {
    const home = temporaryFolder();
    const killer = path.join(temporaryFolder(), 'killer.cjs');
    writeFileSync(
      killer,
      `const { existsSync, writeFileSync } = require('node:fs');
       const { on } = process;
       const dying = (hear) => (message) => {
         const once = __filename + '.killed';
         if (message.kind !== 'train' || message.task.config.seed !== 3 || existsSync(once)) return hear(message);
         writeFileSync(once, '');
         process.kill(process.pid, 'SIGKILL');
       };
       process.on = (event, hear) => on.call(process, event, event === 'message' ? dying(hear) : hear);`,
    );
    const long = ['run', 'spiral', 'epochs=800', ...small, '--seeds', '1..4', '--jobs', '2'];
    const { ended } = startWith({ NODE_OPTIONS: `--require=${killer}` }, home, ...long);
    const { code, stderr } = await ended;
    expect(existsSync(`${killer}.killed`)).toBe(true);
    expect(code, stderr).toBe(0);
    expect(await statuses(home)).toEqual({ 1: 'finished', 2: 'finished', 3: 'finished', 4: 'finished' });
  });

  it('bug: that does not come up twice ends the command with exit code 1, which is not that of bad input', async () => {
    const home = temporaryFolder();
    const { child, ended } = start(home, 'run', 'spiral', 'epochs=30', ...small, '--seeds', '1..2', '--jobs', '1');
    const first = await newWorker(child.pid);
    process.kill(first, 'SIGKILL');
    process.kill(await newWorker(child.pid, [first]), 'SIGKILL');
    const { code, stderr } = await ended;
    expect(stderr).toContain('ended before it began, twice (SIGKILL): 2 runs were not trained');
    expect(code).toBe(1);
  });

  it.each([
    ['run', 'spiral', 'epochs=30', 'data.n=20', '--engine', 'native'],
    ['run', 'tensors', '--engine', 'native'],
  ])('bug: without the engine that was asked for says so and does not hang: %s %s', async (...args) => {
    const home = temporaryFolder();
    const broken = path.join(temporaryFolder(), 'no-addon.cjs');
    writeFileSync(
      broken,
      `const { dlopen } = process;
         process.dlopen = (module, file, ...rest) => {
           if (/tfjs_binding/.test(file)) throw new Error('the addon is not there');
           return dlopen.call(process, module, file, ...rest);
         };`,
    );
    const { ended } = startWith({ NODE_OPTIONS: `--require=${broken}` }, home, ...args);
    const { code, stderr } = await ended;
    expect(stderr).toMatch(/engine native is not available/);
    expect(code).toBe(2);
  });
});

describe('a signal', () => {
  it('bug: at any moment of the start ends the command with 130', async () => {
    const moments = [0, 60, 150, 300, 500, 800];
    for (const ms of moments) {
      const home = temporaryFolder();
      const { child, ended } = start(home, ...endless, '--seeds', '1..2', '--jobs', '2');
      const workers = [await newWorker(child.pid)];
      await new Promise((resolve) => setTimeout(resolve, ms));
      workers.push(...workersOf(child.pid));
      // As a terminal does: to all that it reaches.
      for (const pid of new Set([child.pid as number, ...workers])) if (isThere(pid)) process.kill(pid, 'SIGINT');
      const { code, stderr } = await ended;
      expect(code, `after ${ms} ms: ${stderr}`).toBe(130);
      expect(Object.values(await statuses(home)).filter((status) => status !== 'interrupted')).toEqual([]);
    }
  }, 120_000);

  it('bug: twice within 300 ms is the same one: the run is ended in order', async () => {
    const home = temporaryFolder();
    const { child, ended } = start(home, ...endless, '--jobs', '1');
    await expect.poll(() => statuses(home), PATIENCE).toEqual({ 1: 'running' });
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect((await ended).code).toBe(130);
    expect(await statuses(home)).toEqual({ 1: 'interrupted' });
  });

  it('bug: that the terminal is gone means nothing to a command that has none', async () => {
    const home = temporaryFolder();
    const { child, ended } = start(home, 'run', 'spiral', 'epochs=1000', ...small, '--seeds', '1..3', '--jobs', '1');
    await expect.poll(() => statuses(home), PATIENCE).toMatchObject({ 1: 'running' });
    for (const pid of [child.pid as number, ...workersOf(child.pid)]) process.kill(pid, 'SIGHUP');
    const { code, stderr } = await ended;
    expect(code, stderr).toBe(0);
    expect(await statuses(home)).toEqual({ 1: 'finished', 2: 'finished', 3: 'finished' });
  });

  it('bug: of a terminal that closes ends the run as interrupted, and leaves no process', async () => {
    const home = temporaryFolder();
    // `script` gives the command a terminal; killed, it takes the terminal with it.
    const words = [process.execPath, bin, ...endless, '--jobs', '1'].map((word) => `'${word}'`).join(' ');
    const terminal = spawn('script', ['-qec', words, '/dev/null'], {
      env: { ...process.env, WHORL_HOME: home, DATABASE_URL: '' },
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    onTestFinished(() => {
      terminal.kill('SIGKILL');
    });
    await expect.poll(() => statuses(home), PATIENCE).toEqual({ 1: 'running' });
    terminal.kill('SIGKILL');
    await once(terminal, 'exit');
    await expect.poll(() => statuses(home), PATIENCE).toEqual({ 1: 'interrupted' });
  });
});
