import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './cli.ts';
import { recorded, runProgram, serve } from './logging-programs.ts';

// Programs of other people that log with @whorl/client, against the built app.

const POINTS = 3000;

/** A program that logs to the server at `url`; what it says is given line by line. */
const program = (name: string, env: Readonly<Record<string, string>>, ...args: string[]) =>
  programAt(
    fileURLToPath(new URL(`../../../packages/client/test/programs/${name}.mjs`, import.meta.url)),
    env,
    ...args,
  );

const programAt = (file: string, env: Readonly<Record<string, string>>, ...args: string[]) =>
  runProgram(process.execPath, [file, ...args], env);

const steps = Array.from({ length: POINTS }, (_, i) => i / 2);

describe('a program that logs with @whorl/client', () => {
  it('is as its README shows', async () => {
    const [home, unsent, folder] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    const { url } = await serve(home);
    const readme = readFileSync(new URL('../../../packages/client/README.md', import.meta.url), 'utf8');
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
    writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
    mkdirSync(path.join(folder, 'node_modules', '@whorl'), { recursive: true });
    symlinkSync(
      fileURLToPath(new URL('../../../packages/client', import.meta.url)),
      path.join(folder, 'node_modules', '@whorl', 'client'),
    );
    writeFileSync(path.join(folder, 'example.js'), example);
    const { said, ended } = programAt(path.join(folder, 'example.js'), { WHORL_URL: url, WHORL_UNSENT: unsent });
    expect([await ended, said.err]).toEqual([0, '']);
    const [, id = ''] = /\/runs\/(\w+)\n$/.exec(said.out) ?? [];
    const { run, series } = await recorded(home, id);
    expect(run).toMatchObject({
      status: 'finished',
      params: [
        ['optimizer.lr', '0.1'],
        ['optimizer.name', 'sgd'],
        ['seed', '1'],
      ],
    });
    expect(series.loss?.values).toEqual(Array.from({ length: 10 }, (_, i) => 1 / (i + 1)));
    expect((await fetch(said.out.trim())).status).toBe(200);
  });

  it('loses nothing and doubles nothing where the server is killed in the middle and comes again', async () => {
    const [home, unsent] = [temporaryFolder(), temporaryFolder()];
    const first = await serve(home);
    const { said, ended } = program(
      'trains',
      { WHORL_URL: first.url, WHORL_UNSENT: unsent },
      '我的实验',
      String(POINTS),
    );
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
    expect(said.err).toContain('expected a number for "loss", got string');
    expect(readdirSync(unsent)).toEqual([]);
  });

  it('bug: a metric whose name is refused took all others of its message with it', async () => {
    const [home, unsent] = [temporaryFolder(), temporaryFolder()];
    const { url } = await serve(home);
    const { said, ended } = program('refused', { WHORL_URL: url, WHORL_UNSENT: unsent });
    expect(await ended).toBe(0);
    const { run, series } = await recorded(home, said.out.trim());
    expect([run?.status, series]).toEqual(['finished', { loss: { steps: [0, 1, 2], values: [0, 1, 2] } }]);
    expect(said.err).toMatch(/^whorl: \S+ refused something of run .*500 characters[^\n]*\n[^\n]*\n$/);
  });

  it('trains without a server, and the next program sends what it kept', async () => {
    const [home, unsent] = [temporaryFolder(), temporaryFolder()];
    const before = await serve(home);
    before.child.kill('SIGKILL');
    await before.ended;
    const env = { WHORL_URL: before.url, WHORL_UNSENT: unsent };
    const away = program('trains', env, 'away', String(POINTS), '500');
    expect(await away.ended).toBe(0);
    expect(away.said.err).toMatch(/the rest is in .*\.jsonl, and is sent by the next program that logs there/);
    await serve(home, new URL(before.url).port);
    const next = program('fits', env, 'fits');
    expect(await next.ended).toBe(0);
    const [id = ''] = away.said.out.split('\n');
    const { run, series } = await recorded(home, id);
    expect(run?.status).toBe('finished');
    expect(series['val/accuracy']?.steps).toEqual(steps);
    expect(readdirSync(unsent)).toEqual([]);

    const { id: fitted, loss } = JSON.parse(next.said.out) as { id: string; loss: number[] };
    const fit = await recorded(home, fitted);
    expect(fit.run?.status).toBe('finished');
    expect(fit.series.loss).toEqual({ steps: [1, 2, 3, 4, 5], values: loss });
    expect(fit.series['batch/loss']?.steps).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
  });
});
