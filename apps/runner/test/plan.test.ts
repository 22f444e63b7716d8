import { execFileSync } from 'node:child_process';
import {
  ACTIVATION_IDS,
  buildConfig,
  type Config,
  ConfigError,
  configHash,
  LONGEST_NAME,
  Rng,
  STUDIES,
  trainingStudy,
} from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { recordedName } from '../src/names.ts';
import { type PlanOptions, plan, repeatCommand } from '../src/plan.ts';

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

  const rng = Rng.of(5);
  const whole = (low: number, high: number) => Math.floor(rng.uniform(low, high));
  const any = <T>(items: readonly T[]): T => items[whole(0, items.length)] as T;
  const anyConfig = (): Config =>
    buildConfig(study.defaults, {
      seed: any([0, 1, 2 ** 31, 2 ** 53 - 1]),
      epochs: any([1, 1000, 10_000_000]),
      'data.n': whole(2, 1000),
      'data.classes': whole(2, 10),
      'data.noise': any([0, 0.2, rng.uniform(), 5e-324]),
      'model.hidden': any([[], [100], [1], [7, 3], [10, 10, 10]]),
      'model.activation': any(ACTIVATION_IDS),
      'optimizer.name': any(['sgd', 'adam']),
      'optimizer.lr': any([0.001, 1e-300, 1e6, 10 ** rng.uniform(-9, 5)]),
      'optimizer.weightDecay': any([0, 1e-5, 1e-7, rng.uniform()]),
    });

  it('gives the same config when a shell and the plan read it, whatever the config', () => {
    for (let round = 0; round < 60; round++) {
      const config = anyConfig();
      const eager = round % 2 === 0;
      const all = words(repeatCommand(study, config, 'wasm', eager));
      expect(all.slice(0, 4)).toEqual(['npx', 'whorl', 'run', 'spiral']);
      const assignments = all.slice(4, all.indexOf('--seeds'));
      expect(all.slice(4 + assignments.length)).toEqual(
        ['--seeds', String(config.seed), '--engine', 'wasm'].concat(eager ? ['--eager'] : []),
      );
      const [again, ...others] = planned({ assignments, seeds: String(config.seed) });
      expect(again?.config).toEqual(config);
      expect(others).toEqual([]);
    }
  });

  it.each([
    ['/data/iris.csv', 'species', ''],
    ['/my data/it\'s, "new" [2].csv', '1', 'a'.repeat(64)],
    ['/数据/1.csv', '', '0'.repeat(64)],
  ])('gives the same file %j and column %j', (file, label, sha256) => {
    const values = { 'data.name': 'csv', 'data.path': file, 'data.label': label, 'data.sha256': sha256 };
    const config = buildConfig(study.defaults, values);
    const all = words(repeatCommand(study, config, 'cpu'));
    expect(planned({ assignments: all.slice(4, all.indexOf('--seeds')) })).toMatchObject([{ config }]);
  });

  it('names only what differs from the defaults', () => {
    expect(repeatCommand(study, study.defaults, 'native')).toBe('npx whorl run spiral --seeds 1 --engine native');
    expect(repeatCommand(study, buildConfig(study.defaults, { 'model.hidden': [7, 3], seed: 4 }), 'cpu', true)).toBe(
      "npx whorl run spiral 'model.hidden=[7,3]' --seeds 4 --engine cpu --eager",
    );
  });
});
