import { execFileSync } from 'node:child_process';
import { buildConfig, getStudy } from '@whorl/core';
import { loadEngine, train } from '@whorl/core/train';
import { openStore, type RunRecord } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { json, start, temporaryFolder, whorl } from './cli.ts';

const quick = ['epochs=30', 'data.n=40', '--engine', 'cpu'] as const;

interface Runs {
  readonly experiment: { id: string; name: string; url: string };
  readonly runs: {
    id: string;
    seed: number;
    status: string;
    engine: string;
    config: RunRecord['config'];
    summary: Record<string, { last: number }>;
    durationMs: number;
    url: string;
  }[];
}

describe('whorl run', () => {
  it('prints one JSON document, and everything else on stderr', async () => {
    const home = temporaryFolder();
    const { code, stdout, stderr } = await whorl(home, 'run', 'spiral', ...quick, '--seeds', '1..2', '--json');
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as Runs;
    expect(Object.keys(document)).toEqual(['experiment', 'runs']);
    expect(document.experiment).toMatchObject({
      name: 'spiral',
      url: expect.stringMatching(/^http:.*\/experiments\/\w+$/),
    });
    expect(document.runs).toHaveLength(2);
    for (const [i, run] of document.runs.entries()) {
      expect(Object.keys(run)).toEqual(['id', 'seed', 'status', 'engine', 'config', 'summary', 'durationMs', 'url']);
      expect(run).toMatchObject({
        seed: i + 1,
        status: 'finished',
        engine: 'cpu',
        config: { epochs: 30, seed: i + 1 },
      });
      expect(run.summary.loss).toEqual({ last: expect.any(Number), min: expect.any(Number), max: expect.any(Number) });
    }
    expect(stderr).toContain('finished');
    expect(stdout + stderr).not.toContain('\u001b');
  });

  it('records exactly what training produces', async () => {
    const home = temporaryFolder();
    const { runs } = await json<Runs>(home, 'run', 'spiral', ...quick, 'model.activation=tanh');
    const config = buildConfig(getStudy('spiral').defaults, { epochs: 30, 'data.n': 40, 'model.activation': 'tanh' });
    const produced: { loss: number; accuracy: number }[] = [];
    await train(config, { engine: await loadEngine('cpu'), onStep: ({ metrics }) => produced.push(metrics) });
    const store = await openStore({ home });
    const id = runs[0]?.id ?? '';
    expect([...store.metrics.read(id, 'loss').values]).toEqual(produced.map(({ loss }) => loss));
    expect([...store.metrics.read(id, 'accuracy').values]).toEqual(produced.map(({ accuracy }) => accuracy));
    expect([...store.metrics.read(id, 'loss').steps]).toEqual(produced.map((_, step) => step));
    expect((await store.artifacts.list(id, 'boundary')).map(({ step }) => step)).toEqual(
      getStudy('spiral').probes.boundary?.(30),
    );
    expect(await store.artifacts.list(id, 'data')).toHaveLength(1);
    await store.close();
  });

  it('sweeps a grid over seeds, and leaves out what is recorded when asked', async () => {
    const home = temporaryFolder();
    const sweep = [
      'run',
      'spiral',
      'epochs=3',
      'data.n=20',
      '--engine',
      'cpu',
      'model.activation=relu,tanh',
      'optimizer.lr=0.1,0.01',
      '--seeds',
      '1..2',
    ];
    const first = await json<Runs>(home, ...sweep);
    expect(first.runs.map(({ config, seed }) => `${config.model.activation} ${config.optimizer.lr} ${seed}`)).toEqual([
      'relu 0.1 1',
      'relu 0.1 2',
      'relu 0.01 1',
      'relu 0.01 2',
      'tanh 0.1 1',
      'tanh 0.1 2',
      'tanh 0.01 1',
      'tanh 0.01 2',
    ]);
    const { stderr, stdout } = await whorl(home, ...sweep, '--skip-recorded', '--json');
    expect(stderr).toContain('all 8 runs are recorded already: nothing is trained again');
    expect((JSON.parse(stdout) as Runs).runs.map(({ id }) => id)).toEqual(first.runs.map(({ id }) => id));
  });

  it('repeats a run by the command that its record names', async () => {
    const home = temporaryFolder();
    const { runs } = await json<Runs>(
      home,
      'run',
      'spiral',
      ...quick,
      'model.hidden=[7,3]',
      'optimizer.name=sgd',
      '--seeds',
      '4',
    );
    const shown = await json<{ command: string; config: unknown; summary: unknown }>(home, 'show', runs[0]?.id ?? '');
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${shown.command.replace('npx whorl ', '')}`], {
      encoding: 'utf8',
    })
      .trim()
      .split('\n');
    const again = await json<Runs>(home, ...words);
    expect(again.runs[0]?.config).toEqual(shown.config);
    expect(again.runs[0]?.summary).toEqual(shown.summary);
  });

  it('stops at Ctrl-C with exit code 130, the run interrupted and its points kept', async () => {
    const home = temporaryFolder();
    const { child, ended } = start(home, 'run', 'spiral', 'epochs=1000000', 'data.n=20', '--engine', 'cpu');
    await expect
      .poll(async () => (await json<{ experiments: { runs: number }[] }>(home, 'ls')).experiments[0]?.runs, {
        timeout: 20_000,
      })
      .toBe(1);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    const { runs } = await json<Runs>(home, 'ls', 'spiral');
    expect(runs[0]).toMatchObject({ status: 'interrupted', summary: { loss: { last: expect.any(Number) } } });
  });

  it('killed without warning leaves a run that the next command calls crashed', async () => {
    const home = temporaryFolder();
    const { child, ended } = start(home, 'run', 'spiral', 'epochs=1000000', 'data.n=20', '--engine', 'cpu');
    await expect
      .poll(async () => (await json<Runs>(home, 'ls', 'spiral').catch(() => null))?.runs[0]?.summary.loss, {
        timeout: 20_000,
      })
      .toBeDefined();
    child.kill('SIGKILL');
    await ended;
    const { runs } = await json<Runs>(home, 'ls', 'spiral');
    expect(runs[0]?.status).toBe('crashed');
    const store = await openStore({ home });
    const { steps } = store.metrics.read(runs[0]?.id ?? '', 'loss');
    expect([...steps]).toEqual(Array.from(steps, (_, i) => i));
    expect(store.check()).toBeNull();
    await store.close();
  });

  it('four at once into one new database: no error, no lost point', async () => {
    const home = temporaryFolder();
    const all = await Promise.all(
      [1, 2, 3, 4].map((seed) => json<Runs>(home, 'run', 'spiral', ...quick, '--seeds', String(seed))),
    );
    expect(new Set(all.map(({ experiment }) => experiment.id)).size).toBe(1);
    const store = await openStore({ home });
    for (const { runs } of all)
      expect(store.metrics.series(runs[0]?.id ?? '')).toMatchObject([
        { key: 'accuracy', count: 30 },
        { key: 'loss', count: 30 },
      ]);
    await store.close();
  });
});

describe('the other commands', () => {
  it('each print one JSON document', async () => {
    const home = temporaryFolder();
    await json<Runs>(home, 'run', 'spiral', ...quick);
    expect(await json(home, 'studies')).toMatchObject({ studies: [{ id: 'spiral' }] });
    expect(await json(home, 'ls')).toMatchObject({ experiments: [{ name: 'spiral', runs: 1 }] });
    const { share } = await json<{ share: { id: string; url: string } }>(home, 'share', 'spiral');
    expect(share.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/s\/[\w-]{32}$/);
    expect(await json(home, 'share', '--list')).toMatchObject({ shares: [{ id: share.id }] });
    expect(await json(home, 'share', '--revoke', share.id)).toEqual({ revoked: share.id });
    expect(await json(home, 'doctor')).toMatchObject({
      checks: expect.arrayContaining([{ name: 'database', ok: true, detail: expect.stringContaining('whorl.db') }]),
    });
  });

  it('answer --help without loading TensorFlow, the database or the tables', () => {
    const code = `const { main } = await import('./apps/runner/dist/main.js'); await main(['--help']); const { createRequire } = await import('node:module');
      console.log('LOADED', Object.keys(createRequire(process.cwd() + '/x.js').cache).join(' '));`;
    const { stdout } = {
      stdout: execFileSync(process.execPath, ['--input-type=module', '-e', code], {
        cwd: new URL('../../..', import.meta.url),
        encoding: 'utf8',
      }),
    };
    expect(stdout).toContain('Usage: whorl');
    expect(stdout.split('LOADED')[1]).not.toMatch(/tensorflow|sqlite|prisma|cli-table3/);
  });
});
