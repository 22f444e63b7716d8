import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildConfig, type EngineName, EngineUnavailableError, STUDIES, trainingStudy } from '@whorl/core';
import { loadEngine, prepare } from '@whorl/core/node';
import { follow, train } from '@whorl/core/train';
import { openStore, type RunRecord } from '@whorl/store';
import { describe, expect, it, onTestFinished } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { ask, json, start, startWith, statuses, temporaryFolder, whorl } from './cli.ts';

/** Small, for tests in which the training is not the point. */
const quick = ['epochs=5', 'data.n=10', 'model.hidden=[2]', '--engine', 'wasm', '--jobs', '1'] as const;

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

/** The one run of the record, once there is one. */
async function firstRun(home: string): Promise<RunRecord | undefined> {
  const store = await openStore({ home });
  try {
    const experiment = await store.experiments.find('spiral');
    return experiment === null ? undefined : (await store.runs.list(experiment.id)).items[0];
  } finally {
    await store.close();
  }
}

/** The words of a command behind `npx whorl`, as a shell hands them to it. */
const wordsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\n' ${command.replace('npx whorl ', '')}`], { encoding: 'utf8' })
    .trim()
    .split('\n');

const pointsAreThere = { status: 'running', metrics: [{ key: 'accuracy' }, { key: 'loss' }] };

const nativeIsHere = await loadEngine('native').then(
  () => true,
  (error) => {
    if (error instanceof EngineUnavailableError) return false;
    throw error;
  },
);

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
        engine: 'wasm',
        config: { epochs: 5, seed: i + 1 },
      });
      expect(run.summary.loss).toEqual({ last: expect.any(Number), min: expect.any(Number), max: expect.any(Number) });
    }
    expect(stderr).toContain('finished');
    expect(stdout + stderr).not.toContain('\u001b');
  });

  it.skipIf(!nativeIsHere)('records exactly what training produces: native', () =>
    recordsWhatTrainingProduces('native'),
  );
  it.each<[EngineName]>([['wasm'], ['cpu']])('records exactly what training produces: %s', recordsWhatTrainingProduces);

  async function recordsWhatTrainingProduces(name: EngineName) {
    const home = temporaryFolder();
    // More steps than are stored at once, but for plain JavaScript, which takes long: how steps are stored is the same.
    const epochs = name === 'cpu' ? 60 : 600;
    const words = [`epochs=${epochs}`, 'data.n=40', 'model.hidden=[8]', 'model.activation=tanh', '--engine', name];
    const { runs } = await json<Runs>(home, 'run', 'spiral', ...words);
    const study = trainingStudy('spiral');
    const config = buildConfig(study.defaults, {
      epochs,
      'data.n': 40,
      'model.hidden': [8],
      'model.activation': 'tanh',
    });
    // The boundary too: on the native engine it decides which steps run op by op, and so their last bits.
    const boundarySteps = study.probes.boundary?.(epochs) ?? [];
    const produced: { loss: number; accuracy: number }[] = [];
    const training = train(await prepare(config), { engine: await loadEngine(name), probes: study.probes });
    await follow(training, (event) => {
      if (event.kind === 'steps') produced.push(...event.steps.map(({ metrics }) => metrics));
    });
    const store = await openStore({ home });
    const id = runs[0]?.id ?? '';
    expect([...store.metrics.read(id, 'loss').values]).toEqual(produced.map(({ loss }) => loss));
    expect([...store.metrics.read(id, 'accuracy').values]).toEqual(produced.map(({ accuracy }) => accuracy));
    expect([...store.metrics.read(id, 'loss').steps]).toEqual(produced.map((_, step) => step));
    const losses = produced.map(({ loss }) => loss);
    expect(runs[0]?.summary.loss).toEqual({ last: losses.at(-1), min: Math.min(...losses), max: Math.max(...losses) });
    expect((await store.artifacts.list(id, 'boundary')).map(({ step }) => step)).toEqual(boundarySteps);
    expect(await store.artifacts.list(id, 'data')).toHaveLength(1);
    await store.close();
  }

  it('records a loss that became NaN as NaN, and writes it so in JSON', async () => {
    const home = temporaryFolder();
    const { runs } = await json<Runs>(
      home,
      ...['run', 'spiral', 'epochs=20', 'data.n=20', '--engine', 'wasm'],
      ...['model.hidden=[10,10,10]', 'optimizer.name=sgd', 'optimizer.lr=1e6'],
    );
    expect(runs[0]).toMatchObject({ status: 'finished', summary: { loss: { last: 'NaN' } } });
    const store = await openStore({ home });
    expect(store.metrics.read(runs[0]?.id ?? '', 'loss').values.at(-1)).toBeNaN();
    const series = store.metrics.series(runs[0]?.id ?? '');
    expect(series.filter(({ count }) => count === 20)).toMatchObject([{ key: 'accuracy' }, { key: 'loss' }]);
    expect(series.map(({ last }) => last)).toEqual(series.map(() => Number.NaN));
    await store.close();
  });

  it('sweeps a grid over seeds, and leaves out what is recorded when asked', async () => {
    const home = temporaryFolder();
    const sweep = ['run', 'spiral', ...quick, 'model.activation=relu,tanh', 'optimizer.lr=0.1,0.01', '--seeds', '1..2'];
    const first = await json<Runs>(home, ...sweep);
    expect(first.runs.map(({ config, seed }) => `${config?.model.activation} ${config?.optimizer.lr} ${seed}`)).toEqual(
      [
        'relu 0.1 1',
        'relu 0.1 2',
        'relu 0.01 1',
        'relu 0.01 2',
        'tanh 0.1 1',
        'tanh 0.1 2',
        'tanh 0.01 1',
        'tanh 0.01 2',
      ],
    );
    const { stderr, stdout } = await whorl(home, ...sweep, '--skip-recorded', '--json');
    expect(stderr).toContain('all 8 runs are recorded already: nothing is trained again');
    expect((JSON.parse(stdout) as Runs).runs.map(({ id }) => id)).toEqual(first.runs.map(({ id }) => id));
  });

  it('trains only what a sweep has more than the record', async () => {
    const home = temporaryFolder();
    const words = ['run', 'spiral', ...quick, '--skip-recorded', '--seeds'];
    const first = await json<Runs>(home, ...words, '2');
    const { stderr, stdout } = await whorl(home, ...words, '1..3', '--json');
    expect(stderr).toContain('1 of 3 runs are recorded already and not trained again');
    const { runs } = JSON.parse(stdout) as Runs;
    expect(runs.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    expect(runs[1]).toEqual(first.runs[0]);
    expect((await json<Runs>(home, 'ls', 'spiral')).runs).toHaveLength(3);
  });

  it('--course trains both configurations with five seeds each', async () => {
    const { runs } = await json<Runs>(temporaryFolder(), 'run', 'spiral', '--course', ...quick);
    expect(runs.map(({ config, seed }) => `${config?.model.activation} ${config?.optimizer.name} ${seed}`)).toEqual([
      ...[1, 2, 3, 4, 5].map((seed) => `linear sgd ${seed}`),
      ...[1, 2, 3, 4, 5].map((seed) => `relu adam ${seed}`),
    ]);
  });

  it("--course prints the course's figures beside its own, as plain text", async () => {
    const home = temporaryFolder();
    const { code, stdout, stderr } = await whorl(home, 'run', 'spiral', '--course', '--seeds', '1');
    expect(code).toBe(0);
    expect(stdout).toContain('course says');
    const accuracies = [
      /^linear · sgd +1 +(0\.\d{4}) .*accuracy 0\.504$/m,
      /^relu · adam +1 +(0\.\d{4}) .*accuracy 0\.949$/m,
    ];
    const [linear, relu] = accuracies.map((line) => Number(line.exec(stdout)?.[1]));
    expect(linear).toBeGreaterThan(0.4);
    expect(linear).toBeLessThan(0.6);
    expect(relu).toBeGreaterThan(0.9);
    expect(stdout + stderr).not.toContain('\u001b');
    expect(
      stderr
        .trim()
        .split('\n')
        .filter((line) => /finished/.test(line)),
    ).toHaveLength(2);
    expect((await ask(home, 'ls', 'spiral')).stdout).not.toContain('\u001b');
  });

  it('repeats a run by the command that its record names', async () => {
    const home = temporaryFolder();
    const { runs } = await json<Runs>(home, 'run', 'spiral', ...quick, 'optimizer.name=sgd', '--seeds', '4');
    const shown = await json<{ command: string; config: unknown; summary: unknown }>(home, 'show', runs[0]?.id ?? '');
    expect(Object.keys(shown).sort()).toEqual(
      [...Object.keys(runs[0] ?? {}), 'name', 'mode', 'error', 'environment', 'command', 'params']
        .concat(['createdAt', 'startedAt', 'endedAt'])
        .sort(),
    );
    const again = await json<Runs>(home, ...wordsOf(shown.command));
    expect(again.runs[0]?.config).toEqual(shown.config);
    expect(again.runs[0]?.summary).toEqual(shown.summary);
  });

  it('bug: the command that repeats a run lands in its experiment, whatever that is called since, with the same hash', async () => {
    const home = temporaryFolder();
    const moons = ['data.name=moons', 'data.noise=0.2', '--name', 'first', '--engine', 'cpu'];
    const { runs } = await json<Runs>(home, 'run', 'spiral', 'epochs=2', 'data.n=20', 'model.hidden=[4]', ...moons);
    const renamed = '-Ame\u0301lie\'s "moons" $HOME'; // with an accent of its own, as some keyboards type it
    let store = await openStore({ home });
    await store.experiments.rename((await store.experiments.get('first')).id, renamed);
    await store.close();
    const shown = await json<{ command: string }>(home, 'show', runs[0]?.id ?? '');
    expect(shown.command).toMatch(/ data\.name=moons .*data\.noise=0\.2 /);
    const again = await json<Runs>(home, ...wordsOf(shown.command));
    store = await openStore({ home });
    onTestFinished(() => store.close());
    const { id, runs: count } = await store.experiments.get(renamed);
    expect(count).toBe(2);
    const [one, two] = await store.runs.getMany([runs[0]?.id ?? '', again.runs[0]?.id ?? '']);
    expect([two?.configHash, two?.experimentId]).toEqual([one?.configHash, id]);
  });

  it('stops at Ctrl-C with exit code 130, the run interrupted, its points kept and no other run begun', async () => {
    const home = temporaryFolder();
    const endless = [
      'epochs=1000000',
      'data.n=20',
      'model.hidden=[4]',
      '--engine',
      'wasm',
      '--seeds',
      '3..5',
      '--json',
    ];
    const { child, ended } = start(home, 'run', 'spiral', ...endless, '--jobs', '1');
    await expect.poll(() => firstRun(home), { timeout: 30_000 }).toMatchObject(pointsAreThere);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    const { runs } = await json<Runs>(home, 'ls', 'spiral');
    expect(runs).toMatchObject([{ seed: 3, status: 'interrupted' }]);
    expect((JSON.parse(stdout) as Runs).runs).toEqual(runs);

    const store = await openStore({ home });
    const { values, steps } = store.metrics.read(runs[0]?.id ?? '', 'loss');
    await store.close();
    expect([...steps]).toEqual(Array.from(steps, (_, step) => step));
    const produced: number[] = [];
    const enough = new AbortController();
    const prepared = await prepare(runs[0]?.config as NonNullable<RunRecord['config']>);
    const training = train(prepared, { engine: await loadEngine('wasm'), looks: false, signal: enough.signal });
    await follow(training, (event) => {
      if (event.kind !== 'steps') return;
      produced.push(...event.steps.map(({ metrics }) => metrics.loss));
      if (produced.length >= Math.min(300, values.length)) enough.abort();
    });
    expect([...values.slice(0, produced.length)]).toEqual(produced);
  });

  it('killed without warning leaves a run that the next command calls crashed', async () => {
    const home = temporaryFolder();
    const { child, ended } = start(
      home,
      'run',
      'spiral',
      'epochs=1000000',
      'data.n=20',
      'model.hidden=[4]',
      '--engine',
      'wasm',
    );
    await expect.poll(() => firstRun(home), { timeout: 30_000 }).toMatchObject(pointsAreThere);
    expect((await json<Runs>(home, 'ls', 'spiral')).runs).toMatchObject([{ status: 'running' }]);
    child.kill('SIGKILL');
    await ended;
    // The process that trains hears of it by the closed channel, and ends.
    await expect.poll(() => statuses(home), { timeout: 10_000 }).toEqual({ 1: 'crashed' });
    const { runs } = await json<Runs>(home, 'ls', 'spiral');
    const store = await openStore({ home });
    const { steps } = store.metrics.read(runs[0]?.id ?? '', 'loss');
    expect(steps.length).toBeGreaterThan(0);
    expect([...steps]).toEqual(Array.from(steps, (_, i) => i));
    expect(store.check()).toBeNull();
    await store.close();
  });

  it('that fails ends with exit code 1, says why, and is recorded as failed', async () => {
    const home = temporaryFolder();
    writeFileSync(path.join(home, 'artifacts'), 'a file where a folder belongs');
    const { code, stdout, stderr } = await whorl(home, 'run', 'spiral', ...quick, '--json');
    expect(code).toBe(1);
    const { runs } = JSON.parse(stdout) as Runs;
    expect(runs).toMatchObject([{ status: 'failed', summary: {} }]);
    expect(stderr).toMatch(/^error run \w+ failed: cannot write .*artifacts.* \(ENOTDIR\); make its folder writable/m);
    expect((await ask(home, 'ls', 'spiral')).stdout).toMatch(/failed +- +- /);
    expect(await json(home, 'show', runs[0]?.id ?? '')).toMatchObject({ error: expect.stringContaining('ENOTDIR') });
  });

  it('trains to the end although its reader has left (it once died of EPIPE)', async () => {
    const home = temporaryFolder();
    const { child, ended } = start(home, 'run', 'spiral', ...quick, '--seeds', '1..2');
    child.stdout.destroy();
    child.stderr.destroy();
    expect((await ended).code).toBe(0);
    const { runs } = await json<Runs>(home, 'ls', 'spiral');
    expect(runs.map(({ status }) => status)).toEqual(['finished', 'finished']);
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
        { key: 'accuracy', count: 5 },
        { key: 'ece', count: 1 },
        { key: 'loss', count: 5 },
        ...['testAccuracy', 'testLoss', 'trainAccuracy', 'trainLoss'].map((key) => ({ key, count: 1, lastStep: 5 })),
      ]);
    await store.close();
  });
});

describe('the other commands', () => {
  it('show what each layer did where the study asks for it', async () => {
    const home = temporaryFolder();
    const { runs } = await json<Runs>(home, 'run', 'activations', ...quick);
    const layers = ['activationMean.1', 'activationStd.1', 'deadUnits.1', 'gradientNorm.1', 'gradientNorm.2'];
    const ratios = ['gradientRatio', 'initialGradientRatio'];
    const sets = ['ece', 'testAccuracy', 'testLoss', 'trainAccuracy', 'trainLoss'];
    expect(Object.keys(runs[0]?.summary ?? {}).sort()).toEqual(
      ['accuracy', ...layers, ...ratios, ...sets, 'loss'].sort(),
    );
    expect(runs[0]?.summary['gradientNorm.1']?.last).toBeGreaterThan(0);
    const { stdout } = await ask(home, 'show', runs[0]?.id ?? '');
    for (const key of layers) expect(stdout).toContain(key);
  });

  it('each print one JSON document', async () => {
    const home = temporaryFolder();
    const recorded = await json<Runs>(home, 'run', 'spiral', ...quick, '--seeds', '1..2');
    const { studies } = await json<{ studies: { id: string; claims: string[] }[] }>(home, 'studies');
    expect(studies.map(({ id }) => id)).toEqual(STUDIES.map(({ id }) => id));
    expect(studies.every(({ claims }) => claims.length > 0)).toBe(true);
    expect(await json(home, 'ls')).toMatchObject({ experiments: [{ name: 'spiral', runs: 2 }] });
    const { share } = await json<{ share: { id: string; url: string } }>(home, 'share', 'spiral');
    expect(share.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/s\/[\w-]{32}$/);
    expect(await json(home, 'share', '--list')).toMatchObject({ shares: [{ id: share.id }] });
    expect(await json(home, 'share', '--revoke', share.id)).toEqual({ revoked: share.id });
    const [one = '', two = ''] = recorded.runs.map(({ id }) => id);
    expect(await json(home, 'share', one)).toMatchObject({ share: { kind: 'run', runIds: [one] } });
    expect(await json(home, 'share', one, two, one)).toMatchObject({
      share: { kind: 'comparison', runIds: [one, two] },
    });
    expect(await json(home, 'share', '--list', one, 'spiral')).toMatchObject({ shares: [{ runIds: [one, two] }] });
    expect(await json(home, 'doctor')).toMatchObject({
      checks: expect.arrayContaining([{ name: 'database', ok: true, detail: expect.stringContaining('whorl.db') }]),
    });
  });

  it('doctor says what it says in its own words alone (TensorFlow once added two lines about oneDNN)', async () => {
    const { code, stdout, stderr } = await startWith({}, temporaryFolder(), 'doctor').ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('engine native');
  });

  it('answer --version', async () => {
    expect(await ask(temporaryFolder(), '--version')).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('answer --help without loading TensorFlow, the database or the tables', async () => {
    const heavy = /\/(@tensorflow|better-sqlite3(-node20)?|@prisma|packages\/store|packages\/core\/dist\/train)\//;
    const folder = temporaryFolder();
    const loadedBy = async (...args: string[]) => {
      const list = path.join(folder, args.join());
      const variables = { NODE_OPTIONS: `--import=${new URL('./fixtures-loaded.mjs', import.meta.url)}`, LOADED: list };
      const { code, stdout } = await startWith(variables, path.join(folder, 'home'), ...args).ended;
      expect(code).toBe(0);
      return { stdout, modules: readFileSync(list, 'utf8').split('\n').flatMap(contents) };
    };
    // A file of the runner is made of many modules, and names each.
    const contents = (url: string) => {
      if (!url.includes('/apps/runner/dist/')) return [url];
      const named = readFileSync(new URL(url), 'utf8').matchAll(/^\/\/ (\S+\.[cm]?[jt]s)$/gm);
      return [url, ...[...named].map(([, module]) => module as string)];
    };
    const help = await loadedBy('--help');
    expect(help.stdout).toContain('Usage: whorl');
    expect(help.modules.filter((url) => url.endsWith('/dist/main.js'))).toHaveLength(1);
    expect(help.modules).toContain('src/main.ts');
    expect(help.modules.filter((url) => heavy.test(url))).toEqual([]);
    const ls = (await loadedBy('ls')).modules.filter((url) => heavy.test(url)).join(' ');
    for (const seen of ['/better-sqlite3', '@prisma', 'packages/store'])
      expect(ls, 'the list sees what is loaded').toContain(seen);
    expect(ls).not.toContain('@tensorflow');
    // The names of Prisma's tables are there, its client is not.
    expect(ls).not.toMatch(/@prisma\/(adapter|client\/runtime\/(client|query_compiler))/);
    expect((await loadedBy('doctor')).modules.join(' ')).toContain('@tensorflow');
  });
});
