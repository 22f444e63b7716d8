import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../apps/runner/test/cli.ts';
import { recorded, runProgram, serve } from '../apps/runner/test/logging-programs.ts';
import { command } from '../scripts/setup/command.mjs';
import { mlflowPython } from '../scripts/setup/mlflow-client.mjs';

// Programs in Python that log with the client that the server gives away, as it is packed, against the built app.

const client = fileURLToPath(new URL('../packages/client/', import.meta.url));
const wheel = readdirSync(path.join(client, 'dist')).find((name) => name.endsWith('.whl')) ?? 'no wheel is built';
const POINTS = 3000;
const steps = Array.from({ length: POINTS }, (_, i) => i / 2);

const program = (name: string, url: string, unsent: string, args: readonly string[], python?: string) =>
  programAt(path.join(client, 'test/programs', `${name}.py`), url, unsent, args, python);

/** A program that logs to the server at `url`, in a Python that reads the client from its package. */
function programAt(file: string, url: string, unsent: string, args: readonly string[] = [], python = 'python3') {
  const env = {
    WHORL_URL: url,
    WHORL_UNSENT: unsent,
    PYTHONPATH: path.join(client, 'dist', wheel),
    PYTHONUTF8: '1',
    PYTHONWARNINGS: 'default::ResourceWarning', // a connection that is left open is said
  };
  return runProgram(python, [file, ...args], env);
}

/** The address of a server that was there and is gone. */
async function addressOfNone(home: string): Promise<string> {
  const { url, child, ended } = await serve(home);
  child.kill('SIGKILL');
  await ended;
  return url;
}

describe('a program that logs with the client for Python', () => {
  beforeAll(async () => {
    const asked = 'import sys; assert sys.version_info >= (3, 9), sys.version';
    await command('python3', ['-c', asked]).catch((error: Error) => {
      throw new Error(
        `The tests of the client for Python need Python 3.9 or newer (on Debian: apt install python3)\n${error.message}`,
      );
    });
  });

  it('is as its README shows', async () => {
    const [home, unsent, folder] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    const { url } = await serve(home);
    const [, example = ''] =
      /```python\n([\s\S]*?)```/.exec(readFileSync(path.join(client, 'README.md'), 'utf8')) ?? [];
    writeFileSync(path.join(folder, 'example.py'), example);
    const { said, ended } = programAt(path.join(folder, 'example.py'), url, unsent);
    expect([await ended, said.err]).toEqual([0, '']);
    const [, id = ''] = /\/runs\/(\w+)\n$/.exec(said.out) ?? [];
    const { run, series, files } = await recorded(home, id);
    expect(run?.status).toBe('finished');
    expect(run?.params).toEqual([
      ['optimizer.lr', '0.1'],
      ['optimizer.name', 'sgd'],
      ['seed', '1'],
    ]);
    const epochs = Array.from({ length: 10 }, (_, i) => i + 1);
    expect(series.loss).toEqual({ steps: epochs, values: epochs.map((epoch) => 1 / epoch) });
    expect(files).toMatchObject([{ name: 'files/notes', mediaType: 'text/markdown' }]);
    expect((await fetch(said.out.trim())).status).toBe(200);
  });

  it('loses nothing and doubles nothing where the server is killed in the middle and comes again', async () => {
    const [home, unsent] = [temporaryFolder(), temporaryFolder()];
    const first = await serve(home);
    const { said, ended } = program('trains', first.url, unsent, ['我的实验', String(POINTS)]);
    await expect.poll(() => said.out, { timeout: 30_000 }).toContain('middle');
    first.child.kill('SIGKILL');
    await first.ended;
    await expect.poll(() => said.err, { timeout: 30_000 }).toContain('does not answer');
    await serve(home, new URL(first.url).port);
    expect(await ended).toBe(0);
    const [id = ''] = said.out.split('\n');
    const { run, source, series, files } = await recorded(home, id);
    expect({ ...run, source }).toMatchObject({ name: 'a run of mine', status: 'finished', source: 'client' });
    expect(run?.params).toEqual([
      ['augment', 'true'],
      ['hidden', '[64,32]'],
      ['note', '学习率'],
      ['optimizer.lr', '0.001'],
      ['optimizer.name', 'adam'],
      ['seed', '7'],
    ]);
    expect(run?.tags).toEqual([['stage', 'second']]);
    expect(series['val/accuracy']).toEqual({
      steps,
      values: steps.map((_, i) => (i === 1 ? Number.POSITIVE_INFINITY : i / POINTS)),
    });
    expect(series.loss).toEqual({ steps, values: steps.map((_, i) => (i % 10 === 0 ? Number.NaN : 1 / (i + 1))) });
    expect(files).toEqual([
      { name: 'files/notes', step: -1, mediaType: 'text/markdown', size: 7 },
      { name: 'files/samples/first', step: 3, mediaType: 'image/png', size: 11 },
      { name: 'files/weights.bin', step: -1, mediaType: 'application/octet-stream', size: 100_000 },
    ]);
    expect(said.err).toContain('expected a number for "loss", got str');
    expect(readdirSync(unsent)).toEqual([]);
  });

  it('trains without a server, and the next program sends what it kept, in whichever language', async () => {
    const [home, unsent] = [temporaryFolder(), temporaryFolder()];
    const url = await addressOfNone(home);
    const away = [1, 2].map((i) => program('trains', url, unsent, [`away ${i}`, String(POINTS), '0.5']));
    for (const { said, ended } of away) {
      expect(await ended).toBe(0);
      expect(said.err).toMatch(/the rest is in .*\.jsonl, and is sent by the next program that logs there/);
    }
    const [ofOne, ofOther] = readdirSync(unsent);
    expect([ofOne, ofOther]).toEqual([expect.stringContaining('.jsonl'), expect.stringContaining('.jsonl')]);
    await serve(home, new URL(url).port);
    const next = program('ends', url, unsent, ['after', 'returns']);
    expect([await next.ended, next.said.err]).toEqual([0, '']);
    for (const { said } of away) {
      const { run, series, files } = await recorded(home, said.out.split('\n')[0] ?? '');
      expect(run?.status).toBe('finished');
      expect(series['val/accuracy']?.steps).toEqual(steps);
      expect(files).toHaveLength(3);
    }
    expect(readdirSync(unsent)).toEqual([]);

    // What one client keeps, the other sends.
    const later = temporaryFolder();
    const gone = await addressOfNone(temporaryFolder());
    const inPython = program('trains', gone, later, ['kept by Python', '500', '0.1']);
    expect(await inPython.ended).toBe(0);
    const record = temporaryFolder();
    await serve(record, new URL(gone).port);
    const fits = path.join(client, 'test/programs/fits.mjs');
    const inNode = runProgram(process.execPath, [fits, 'fits'], { WHORL_URL: gone, WHORL_UNSENT: later });
    expect(await inNode.ended).toBe(0);
    const { run, series } = await recorded(record, inPython.said.out.split('\n')[0] ?? '');
    expect([run?.status, series['val/accuracy']?.steps.length, readdirSync(later)]).toEqual(['finished', 500, []]);
  });

  it('ends its run as the program ends', async () => {
    const [home, unsent] = [temporaryFolder(), temporaryFolder()];
    const { url } = await serve(home);
    const ends = {
      returns: [0, 'finished'],
      raises: [1, 'failed'],
      'raises in its block': [0, 'failed'],
      'is interrupted': [130, 'interrupted'],
      'exits with 3': [3, 'failed'],
      'exits with 0': [0, 'finished'],
      forks: [0, 'finished'],
    };
    for (const [how, [code, status]] of Object.entries(ends)) {
      const { said, ended } = program('ends', url, unsent, ['ends', how]);
      const exited = await ended;
      const { run, series } = await recorded(home, said.out.split('\n')[0] ?? '');
      const values = how === 'forks' ? [0.5, 0.25] : [0.5];
      expect({ how, exited: exited ?? 130, status: run?.status, series }).toEqual({
        how,
        exited: code,
        status,
        series: { loss: { steps: values.map((_, i) => i), values } },
      });
      expect(said.err.includes('Traceback')).toBe(how === 'raises' || how === 'is interrupted');
    }
  });

  it('keeps what was sent of a program that is killed', async () => {
    const [home, unsent] = [temporaryFolder(), temporaryFolder()];
    const { url } = await serve(home);
    const { said, child, ended } = program('ends', url, unsent, ['killed', 'stays']);
    await expect.poll(() => said.out, { timeout: 30_000 }).toContain('\n');
    const [id = ''] = said.out.split('\n');
    const countNow = async () => (await recorded(home, id)).series.loss?.values.length ?? 0;
    await expect.poll(countNow, { timeout: 30_000 }).toBeGreaterThan(100);
    const known = await countNow();
    child.kill('SIGKILL');
    await ended;
    const { run, series } = await recorded(home, id);
    expect(run?.status).toBe('running'); // nobody knows the process
    expect(series.loss?.values.length).toBeGreaterThanOrEqual(known);
    expect(series.loss?.values).toEqual(series.loss?.steps.map((step) => 0.5 / (step + 1)));
    expect(series.loss?.steps).toEqual(series.loss?.steps.map((_, i) => i));
  });

  it('keeps what was logged without a server of a program that is killed', async () => {
    const [home, unsent] = [temporaryFolder(), temporaryFolder()];
    const url = await addressOfNone(home);
    const { said, child, ended } = program('ends', url, unsent, ['killed', 'stays']);
    const size = () => Math.max(0, ...readdirSync(unsent).map((name) => statSync(path.join(unsent, name)).size));
    await expect.poll(() => said.out, { timeout: 30_000 }).toContain('\n');
    await expect.poll(size, { timeout: 30_000 }).toBeGreaterThan(4000);
    child.kill('SIGKILL');
    await ended;
    await serve(home, new URL(url).port);
    expect(await program('ends', url, unsent, ['after', 'returns']).ended).toBe(0);
    const { run, series } = await recorded(home, said.out.split('\n')[0] ?? '');
    expect(run?.status).toBe('running');
    expect(series.loss?.steps.length).toBeGreaterThan(50);
    expect(series.loss?.values).toEqual(series.loss?.steps.map((_, step) => 0.5 / (step + 1)));
    expect(readdirSync(unsent)).toEqual([]);
  });

  it('takes whatever it is given, says what it could not, and raises nothing', { timeout: 500_000 }, async () => {
    const [home, unsent] = [temporaryFolder(), temporaryFolder()];
    const python = await mlflowPython(); // it has NumPy
    const { url } = await serve(home);
    const { said, ended } = program('odd', url, unsent, [], python);
    expect([await ended, said.err]).toEqual([0, '']);
    const { id, said: warned } = JSON.parse(said.out) as { id: string; said: string[] };
    const { run, series, files } = await recorded(home, id);
    expect(run).toMatchObject({ status: 'finished' });
    expect(run?.params).toEqual([
      ['lr', '0.25'],
      ['none', 'null'],
      ['on', 'true'],
      ['sizes', '[3]'],
    ]);
    expect(series).toEqual({
      奇数: {
        steps: [0, 1, 2, 3, 4, 5, 6, 7],
        values: [Number.NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE, 2 ** 53, 1],
      },
      numpy: { steps: [3, 4], values: [Math.fround(0.1), Number.NaN] },
      whole: { steps: [3], values: [7] },
      array: { steps: [3], values: [0.5] },
      // One name that is refused takes no other with it.
      loss: { steps: [4, 5, -(2 ** 53)], values: [1, 2, 3] },
    });
    expect(files.map(({ name, mediaType }) => [name, mediaType])).toEqual([['files/itself.py', 'text/x-python']]);
    expect(warned.map((text) => text.replaceAll(id, 'ID').replace(url, 'URL')).sort()).toEqual([
      'URL refused something of run ID: 400 metric: nothing can be called __proto__',
      'file "大": expected at most 16777216 bytes, got more; it is not logged',
      'log after finish: run ID is over, and takes no more',
      'log: expected a number for "none", got NoneType; the others are logged',
      'log: expected a number for "two", got ndarray; the others are logged',
      'log: expected a number for "vast", got int; the others are logged',
      "log: expected a step that is a finite number, got 'one'",
      'log: expected a step that is a finite number, got nan',
      'log_image: expected "none" to be a PNG, JPEG or WebP image',
      "run ID: [Errno 2] No such file or directory: '/nothing/here'; it is not logged",
      'run ID: expected a dict, got NoneType; it is not logged',
      'run ID: expected a dict, got int; it is not logged',
    ]);
  });
});
