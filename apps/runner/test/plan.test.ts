import { execFileSync } from 'node:child_process';
import {
  buildConfig,
  type Config,
  ConfigError,
  configHash,
  flatten,
  KINDS,
  LONGEST_NAME,
  Rng,
  recordedName,
  repeatCommand,
  STUDIES,
  trainingStudy,
} from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { anyConfig } from '../../../bench/same/any-config.mjs';
import { type PlanOptions, plan } from '../src/planning/plan.ts';

const study = trainingStudy('spiral');

const planned = (options: Partial<PlanOptions>) =>
  plan(study, { assignments: [], seeds: undefined, course: false, ...options });
const labels = (options: Partial<PlanOptions>) =>
  planned(options).map(({ label, config }) => `${label} #${config.seed}`);

describe('a plan', () => {
  it("without anything is one run of the study's defaults", () => {
    expect(planned({})).toEqual([{ config: study.defaults, label: 'spiral', reported: null }]);
  });

  it('names a run by what was swept, and by all that was set where nothing was', () => {
    expect(labels({ assignments: ['epochs=5', 'optimizer.lr=0.1,0.01'], seeds: '2,1' })).toEqual([
      'lr=0.1 #2',
      'lr=0.1 #1',
      'lr=0.01 #2',
      'lr=0.01 #1',
    ]);
    expect(labels({ assignments: ['epochs=5', 'model.hidden=[7,3]'] })).toEqual(['epochs=5 · hidden=[7, 3] #1']);
    expect(labels({ assignments: ['model.activation=relu,tanh', 'optimizer.name=sgd'] })).toEqual([
      'relu #1',
      'tanh #1',
    ]);
  });

  it('names hidden=[32,32,32,… by how many there are, and the factors of the study first', () => {
    const deep = JSON.stringify(Array(20).fill(32));
    expect(labels({ assignments: [`model.hidden=${deep},[]`, 'model.activation=relu,tanh'] })).toEqual([
      'relu · hidden=20 x 32 #1',
      'tanh · hidden=20 x 32 #1',
      'relu · hidden=[] #1',
      'tanh · hidden=[] #1',
    ]);
  });

  it('names the levels of optimizer.lr=0.99995,0.99999,0.9999 with all of their digits', () => {
    expect(labels({ assignments: ['optimizer.lr=0.99995,0.99999,0.9999'] })).toEqual([
      'lr=0.99995 #1',
      'lr=0.99999 #1',
      'lr=0.9999 #1',
    ]);
  });

  it('gives no run a longer name than a run may have', () => {
    const wide = JSON.stringify(Array.from({ length: 100 }, (_, i) => 100 + i));
    const [planned] = labels({ assignments: [`model.hidden=${wide}`] });
    const name = recordedName(planned ?? '', 12);
    expect(name).toHaveLength(LONGEST_NAME);
    expect(name).toMatch(/^hidden=\[100, 101, .*….* 199\] #1 · seed 12$/);
    expect([recordedName('relu · adam', 3), recordedName('', 3)]).toEqual(['relu · adam · seed 3', 'seed 3']);
  });

  it('sweeps ranges, and lists of lists', () => {
    expect(planned({ assignments: ['epochs=2..4'] }).map(({ config }) => config.epochs)).toEqual([2, 3, 4]);
    const models = planned({ assignments: ['model.hidden=[7,3],[],[5]'] }).map(({ config }) => config.model);
    expect(models).toMatchObject([{ hidden: [7, 3] }, { hidden: [] }, { hidden: [5] }]);
  });

  it("of the course has its two configurations, five seeds and its figures; other settings are not the course's", () => {
    const runs = planned({ course: true });
    expect(runs).toHaveLength(10);
    expect(runs.map(({ reported }) => reported?.value)).toEqual([...Array(5).fill(0.504), ...Array(5).fill(0.949)]);
    expect(runs.map(({ config }) => config.seed)).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
    const brief = planned({ course: true, assignments: ['epochs=3'], seeds: '1' });
    expect(brief.map(({ reported, config }) => [reported, config.epochs])).toEqual([
      [null, 3],
      [null, 3],
    ]);
  });

  it('refuses more runs than can be made, counted before they are: epochs=1..10000 data.n=2..10001', () => {
    const refused = (assignments: string[], seeds = '1') => {
      const before = performance.now();
      expect(() => planned({ assignments, seeds })).toThrow(ConfigError);
      expect(performance.now() - before).toBeLessThan(2000);
      try {
        planned({ assignments, seeds });
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    expect(refused(['epochs=1..10000', 'data.n=2..10001'])).toBe(
      'epochs (10000) x data.n (10000) are 100000000 runs, expected at most 10000 in one command; sweep fewer values, or split them over several commands with the same --name',
    );
    expect(refused(['epochs=1..5000', 'model.activation=relu,tanh'], '1..2')).toContain(
      'epochs (5000) x model.activation (2) x --seeds (2) are 20000 runs',
    );
    const wide = ['epochs=1..10000', 'data.n=2..10001', 'batchSize=1..10000', 'data.classes=2..100'];
    expect(refused(wide, '1..10000')).toContain('are 990000000000000000 runs');
    expect(planned({ assignments: ['epochs=1..100'], seeds: '1..3' })).toHaveLength(300);
  });

  it('of a study has every configuration once', async () => {
    for (const id of STUDIES.flatMap((one) => (one.kind === 'training' ? [one.id] : []))) {
      const one = trainingStudy(id);
      for (const variants of [one.variants('full'), one.variants('quick'), one.course.map(({ values }) => values)]) {
        const hashes = await Promise.all(variants.map((values) => configHash(buildConfig(one.defaults, values))));
        expect(new Set(hashes).size, id).toBe(variants.length);
      }
    }
  });

  it('refuses what the course compares, and a sweep beside it', () => {
    expect(() => planned({ course: true, assignments: ['model.activation=tanh'] })).toThrow(
      'model.activation: is what --course compares',
    );
    expect(() => planned({ course: true, assignments: ['epochs=1,2'] })).toThrow('epochs: --course takes one value');
  });
});

describe('the command that repeats a run', () => {
  /** The words as a shell hands them to the program. */
  const words = (command: string): string[] =>
    execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' })
      .trimEnd()
      .split('\n');

  /** What the command line makes of a command: the config and the options that come after it. */
  function readBack(command: string) {
    const all = words(command);
    expect(all.slice(0, 3)).toEqual(['npx', 'whorl', 'run']);
    const [, , , id = '', ...rest] = all;
    const at = rest.indexOf('--seeds');
    const [planned, ...others] = plan(trainingStudy(id), {
      assignments: rest.slice(0, at),
      seeds: rest[at + 1],
      course: false,
    });
    expect(others).toEqual([]);
    return { config: planned?.config as Config, options: rest.slice(at + 2) };
  }

  it('gives the same config when a shell and the plan read it, whatever the config, of every kind', async () => {
    const rng = Rng.of(5);
    const seen = new Set<unknown>();
    for (let round = 0; round < 200; round++) {
      const config = anyConfig(rng, "/my data/it's.csv");
      const eager = round % 2 === 0;
      const back = readBack(repeatCommand(config, { engine: 'wasm', eager }));
      expect(back.config).toEqual(config);
      expect(await configHash(back.config)).toBe(await configHash(config));
      expect(back.options).toEqual(['--engine', 'wasm', ...(eager ? ['--eager'] : [])]);
      for (const value of Object.values(flatten(config))) seen.add(value);
    }
    for (const family of Object.values(KINDS)) expect([...seen]).toEqual(expect.arrayContaining(Object.keys(family)));
  });

  it.each([
    [{ seed: 2 ** 53 - 1, epochs: 10_000_000 }],
    [{ 'optimizer.lr': 1e-300, 'optimizer.weightDecay': 1e-7, 'data.noise': 5e-324 }],
    [{ 'model.hidden': [] }],
    [{ 'optimizer.name': 'adamw' }],
  ])('gives %j again', (values) => {
    const config = buildConfig(study.defaults, values);
    expect(readBack(repeatCommand(config, { engine: 'cpu' })).config).toEqual(config);
  });

  it('bug: data.name=moons data.noise=0.2 was repeated without its noise, which equals the default of a spiral', () => {
    const config = buildConfig(study.defaults, { 'data.name': 'moons', 'data.noise': 0.2 });
    expect(repeatCommand(config, { engine: 'cpu' })).toBe(
      'npx whorl run spiral data.name=moons data.noise=0.2 --seeds 1 --engine cpu',
    );
    expect(repeatCommand(buildConfig(study.defaults, { 'data.name': 'moons' }), { engine: 'cpu' })).toBe(
      'npx whorl run spiral data.name=moons --seeds 1 --engine cpu',
    );
  });

  it('names the experiment, where it is not called as the study is', () => {
    const named = (experiment: string) => words(repeatCommand(study.defaults, { engine: 'cpu', experiment })).slice(6);
    expect(named('spiral')).toEqual(['--engine', 'cpu']);
    for (const name of ['grid', '-it\'s "mine" $HOME', '第一次 实验', '--eager']) {
      expect(named(name)).toEqual(['--name', name, '--engine', 'cpu']);
    }
  });

  it.each([
    ['/data/iris.csv', 'species', ''],
    ['/my data/it\'s, "new" [2].csv', '1', 'a'.repeat(64)],
    ['/数据/1.csv', '', '0'.repeat(64)],
  ])('gives the same file %j and column %j', (file, label, sha256) => {
    const values = { 'data.name': 'csv', 'data.path': file, 'data.label': label, 'data.sha256': sha256 };
    const config = buildConfig(study.defaults, values);
    expect(readBack(repeatCommand(config, { engine: 'cpu' })).config).toEqual(config);
  });

  it('names only what differs from the defaults', () => {
    expect(repeatCommand(study.defaults, { engine: 'native' })).toBe('npx whorl run spiral --seeds 1 --engine native');
    const config = buildConfig(study.defaults, { 'model.hidden': [7, 3], seed: 4 });
    expect(repeatCommand(config, { engine: 'cpu', eager: true })).toBe(
      "npx whorl run spiral 'model.hidden=[7,3]' --seeds 4 --engine cpu --eager",
    );
  });
});
