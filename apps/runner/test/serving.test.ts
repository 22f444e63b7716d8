import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ServerLog } from '../src/serving/server-log.ts';
import { json, mayMount, remount, smallDisk, start, temporaryFolder } from './cli.ts';

const quick = ['data.n=30', 'epochs=2', 'model.hidden=[4]', '--engine', 'cpu', '--jobs', '1'];

interface Served {
  readonly url: string;
  readonly shareUrl: string;
}

/** The web app of a home, once it answers, and what it has said on stderr. */
async function serve(home: string): Promise<Served & { said: () => string }> {
  const { child, ended } = start(home, 'serve', '--port', '0', '--share-port', '0', '--json');
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  await expect.poll(() => stdout.trimEnd().endsWith('}'), { timeout: 50_000, message: 'it answers' }).toBe(true);
  return { ...(JSON.parse(stdout) as Served), said: () => stderr };
}

const LIST = '/api/trpc/experiments.list?batch=1&input=%7B%220%22%3A%7B%22json%22%3A%7B%7D%7D%7D';

/** Asks what a page asks: the status and the text of the answer. */
async function get(url: string): Promise<readonly [status: number, text: string]> {
  const response = await fetch(url);
  return [response.status, await response.text()];
}

const rename = (url: string, experimentId: string, name: string) =>
  fetch(`${url}/api/trpc/experiments.rename`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: { experimentId, name } }),
  });

interface Listed {
  readonly experiments: readonly { readonly id: string; readonly name: string }[];
}
const experimentIn = async (home: string) => (await json<Listed>(home, 'ls')).experiments[0];

/** The files of a database; the rest of a home is the server's own. */
const databaseOf = (home: string) => readdirSync(home).filter((name) => /^whorl\.db(-wal|-shm)?$/.test(name));

describe('a web app', () => {
  it('bug: notices that its record was deleted, says so, and shows the one that is put there', {
    timeout: 120_000,
  }, async () => {
    const home = path.join(temporaryFolder(), 'record');
    await json(home, 'run', 'spiral', ...quick, '--seeds', '1', '--name', 'kept');
    const { id = '' } = (await experimentIn(home)) ?? {};
    const { url, shareUrl, said } = await serve(home);
    expect(await get(`${url}${LIST}`)).toEqual([200, expect.stringContaining('kept')]);
    const copy = path.join(path.dirname(home), 'copy');
    mkdirSync(copy);
    for (const name of databaseOf(home)) cpSync(path.join(home, name), path.join(copy, name));

    for (const name of databaseOf(home)) rmSync(path.join(home, name));
    const gone = `${home}/whorl.db was moved or deleted while whorl serve runs; put it back`;
    await expect.poll(() => get(url), { timeout: 10_000 }).toEqual([503, expect.stringContaining(gone)]);
    expect(await get(`${url}/experiments/${id}`)).toEqual([503, expect.stringContaining('被移走或删除')]);
    const [status, text] = await get(`${url}${LIST}`);
    expect([status, JSON.parse(text)]).toEqual([
      503,
      [{ error: { json: expect.objectContaining({ message: expect.stringContaining(gone) }) } }],
    ]);
    await expect
      .poll(() => get(`${shareUrl}/s/${'x'.repeat(32)}`), { timeout: 10_000 })
      .toEqual([
        503,
        'What this link shows is not there at the moment; try again later\n这个链接的内容暂时无法显示；请稍后再试\n',
      ]);
    expect(databaseOf(home), 'nothing is made in its place').toEqual([]);

    for (const name of readdirSync(copy)) cpSync(path.join(copy, name), path.join(home, name));
    await expect.poll(() => get(`${url}${LIST}`), { timeout: 10_000 }).toEqual([200, expect.stringContaining('kept')]);
    expect((await rename(url, id, 'renamed')).status).toBe(200);
    expect((await experimentIn(home))?.name, 'it writes to the one that is there').toBe('renamed');

    const other = path.join(path.dirname(home), 'other');
    await json(other, 'run', 'spiral', ...quick, '--seeds', '1', '--name', 'another');
    for (const name of databaseOf(home)) rmSync(path.join(home, name));
    for (const name of databaseOf(other)) cpSync(path.join(other, name), path.join(home, name));
    await expect
      .poll(() => get(`${url}${LIST}`), { timeout: 10_000 })
      .toEqual([200, expect.stringContaining('another')]);

    expect(said(), 'the terminal has it').toContain(gone);
    const log = path.join(home, 'server.log');
    expect(readFileSync(log, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z .*was moved or deleted/m);
    expect(statSync(log).mode & 0o777).toBe(0o600);
  });

  it.skipIf(!mayMount)(
    'bug: serves a record that can only be read, and says so to what would write (needs the right to mount)',
    async () => {
      const disk = smallDisk('64m');
      await json(disk, 'run', 'spiral', ...quick, '--seeds', '1', '--name', 'kept');
      const { id = '' } = (await experimentIn(disk)) ?? {};
      remount(disk, 'ro');
      const { url, said } = await serve(disk);
      expect(said()).toContain('the record is only read: cannot write');
      expect(await get(`${url}${LIST}`)).toEqual([200, expect.stringContaining('kept')]);
      expect(await get(`${url}/experiments/${id}`)).toEqual([200, expect.stringContaining('kept')]);
      const refused = await rename(url, id, 'other');
      expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('can only be read')]);
      remount(disk, 'rw');
      await expect.poll(async () => (await rename(url, id, 'other')).status, { timeout: 40_000 }).toBe(200);
    },
  );
});

describe('the log of a web app', () => {
  it('has the time of each line, no more than it may, and the lines before in a second file', () => {
    const home = temporaryFolder();
    const log = new ServerLog(home, 2_000);
    for (let i = 0; i < 100; i++) log.write(`line ${i} of ${'x'.repeat(20)}\nhalf`);
    log.close();
    const [now, before] = ['server.log', 'server.log.1'].map((name) => readFileSync(path.join(home, name), 'utf8')) as [
      string,
      string,
    ];
    expect(now.length + before.length).toBeLessThan(2_500);
    expect(now).toMatch(/Z halfline 99 of x+\n.* half\n$/);
    for (const line of `${before}${now}`.trimEnd().split('\n')) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z /);
  });

  it('that cannot be written stops nothing', () => {
    const file = path.join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const log = new ServerLog(path.join(file, 'home'));
    log.write('line\n');
    log.close();
    expect(readFileSync(file, 'utf8')).toBe('');
  });
});
