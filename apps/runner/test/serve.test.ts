import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isThere, start, temporaryFolder } from './cli.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const SERVE = ['serve', '--port', '0', '--share-port', '0'] as const;

/** The processes below one, at any depth. */
function below(pid: number | undefined): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return children.map(Number).flatMap((child) => [child, ...below(child)]);
  } catch {
    return [];
  }
}

/** What a process has printed, once that holds an address. */
async function address(stdout: NodeJS.ReadableStream): Promise<string> {
  let said = '';
  for await (const text of stdout) {
    said += text;
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
    if (found) return found[0];
  }
  throw new Error(`no address in: ${said}`);
}

describe.runIf(process.platform === 'linux')('whorl serve', () => {
  it('bug: says that the web app was killed, and ends with exit code 1', async () => {
    const { child, ended } = start(temporaryFolder(), ...SERVE);
    await once(child.stdout, 'data');
    const [web] = below(child.pid);
    process.kill(web as number, 'SIGKILL');
    const { code, stderr } = await ended;
    expect(stderr.replace(/\s+/g, ' ')).toContain('the web app ended by itself (SIGKILL)');
    expect(code).toBe(1);
  });

  it('bug: serves although its address cannot be noted, says so, and ends at the first Ctrl-C', async () => {
    const home = temporaryFolder();
    mkdirSync(path.join(home, 'server.json', 'in the way'), { recursive: true });
    const { child, ended } = start(home, ...SERVE);
    const [text] = (await once(child.stdout, 'data')) as [Buffer];
    const [url = ''] = /http:\S+:\d+/.exec(String(text)) ?? [];
    expect((await fetch(url)).status).toBe(200);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(stderr.replace(/\s+/g, ' ')).toContain('links of other commands may name another port');
    expect(code).toBe(130);
    expect(readdirSync(home).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('bug: Ctrl-C while the web app boots ends both at once', async () => {
    const { child, ended } = start(temporaryFolder(), ...SERVE);
    await expect.poll(() => below(child.pid), { interval: 5, timeout: 20_000 }).not.toEqual([]);
    const started = below(child.pid);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: '', stderr: '' });
    await expect.poll(() => started.filter(isThere), { timeout: 8_000 }).toEqual([]);
  });

  it('bug: the same signal twice at once, as npm and the terminal pass it on, ends it in order', async () => {
    const { child, ended } = start(temporaryFolder(), ...SERVE);
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    child.kill('SIGTERM');
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)('bug: ends with the npm that started it, by %s', async (signal) => {
    const home = temporaryFolder();
    const npm = spawn('npm', ['exec', '--', 'whorl', ...SERVE], {
      cwd: root,
      env: { ...process.env, WHORL_HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const url = await address(npm.stdout);
    const started = below(npm.pid);
    onTestFinished(() => {
      for (const pid of started.filter(isThere)) process.kill(pid, 'SIGKILL');
    });
    expect(started.length).toBeGreaterThanOrEqual(3); // a shell, the command, the app and its guests
    expect((await fetch(url)).status).toBe(200);
    npm.kill(signal);
    await expect.poll(() => started.filter(isThere), { timeout: 8_000 }).toEqual([]);
  });
});
