import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ask, askIn, json, prepare } from './cli.ts';

interface Compared {
  readonly metric: string;
  readonly goal: string | null;
  readonly by: string;
  readonly levels: { level: string; n: number; mean: number; sd: number; ci95: number[]; diverged: number }[];
  readonly pairs: { a: string; b: string; nPairs: number; difference: number; pAdjusted: number; effectSize: number }[];
  readonly effects?: { source: string; share: number }[];
  readonly confounds: string[];
  readonly verdict: string;
}

const small = [
  'epochs=60',
  'data.n=20',
  'model.hidden=[16]',
  'optimizer.lr=0.05',
  '--engine',
  'wasm',
  '--jobs',
  '1',
] as const;

describe('whorl compare', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'whorl-compare-'));
  beforeAll(() => {
    const grid = ['model.activation=linear,relu', 'optimizer.name=sgd,adam', '--seeds', '1..4', '--name', 'grid'];
    prepare(home, 'run', 'spiral', ...small, ...grid);
    for (const corner of ['linear sgd', 'relu adam']) {
      const [activation, optimizer] = corner.split(' ');
      const values = [`model.activation=${activation}`, `optimizer.name=${optimizer}`];
      prepare(home, 'run', 'spiral', ...small, ...values, '--seeds', '1..3', '--name', 'corners');
    }
    return () => rmSync(home, { recursive: true, force: true });
  });

  it('computes levels and pairs from what is recorded', async () => {
    const { runs } = await json<{
      runs: { config: { model: { activation: string } }; summary: { testAccuracy: { last: number } } }[];
    }>(home, 'ls', 'grid');
    const compared = await json<Compared>(home, 'compare', 'grid', '--by', 'activation');
    expect(compared).toMatchObject({ metric: 'testAccuracy', goal: 'highest', by: 'model.activation', confounds: [] });
    expect(compared.levels.map(({ level, n }) => [level, n])).toEqual([
      ['linear', 4],
      ['relu', 4],
    ]);
    for (const { level, mean } of compared.levels) {
      const values = runs
        .filter(({ config }) => config.model.activation === level)
        .map((run) => run.summary.testAccuracy.last);
      expect(mean).toBeCloseTo(values.reduce((a, b) => a + b) / values.length, 12);
    }
    const [linear, relu] = compared.levels;
    expect(compared.pairs).toMatchObject([{ a: 'linear', b: 'relu', nPairs: 4 }]);
    expect(compared.pairs[0]?.difference).toBeCloseTo((linear?.mean ?? 0) - (relu?.mean ?? 0), 12);
    expect(compared.verdict).toMatch(
      /^What activation does to test accuracy depends on optimizer .* with adam relu is /,
    );
  });

  it('says first on what the effect depends, with the numbers of each level of that, in both languages', async () => {
    interface Facet extends Pick<Compared, 'levels' | 'pairs'> {
      readonly name: string;
      readonly kind: string;
      readonly best: string | null;
    }
    interface Depends extends Compared {
      readonly kind: string;
      readonly depends: { of: string[]; on: string[]; p: number; without: string; within: Facet[] };
    }
    const found = await json<Depends>(home, 'compare', 'grid', '--by', 'activation', '--metric', 'trainLoss');
    expect(found).toMatchObject({ kind: 'depends', depends: { of: ['model.activation'], on: ['optimizer.name'] } });
    const { within, p } = found.depends;
    expect(within.map(({ name }) => name).sort()).toEqual(['adam', 'sgd']);
    expect(p).toBeLessThan(0.05);
    for (const { levels, pairs } of within) {
      const [linear, relu] = levels;
      expect(levels.map(({ n }) => n)).toEqual([4, 4]);
      expect(pairs[0]?.difference).toBeCloseTo((linear?.mean ?? 0) - (relu?.mean ?? 0), 12);
    }
    const both = await json<Depends>(home, 'compare', 'grid', '--by', 'activation,optimizer', '--metric', 'trainLoss');
    expect(both.depends.within).toEqual(within);
    const asked = ['compare', 'grid', '--by', 'activation', '--metric', 'trainLoss'] as const;
    const en = await ask(home, ...asked);
    const zh = await askIn('zh', home, ...asked);
    const said = (text: string) => text.replace(/\s+/g, '');
    expect(said(en.stdout)).toContain(said(found.verdict));
    expect(found.verdict).toMatch(/^What activation does to training loss depends on optimizer \(interaction, p/);
    expect(said(zh.stdout)).toContain('activation对训练损失的影响取决于optimizer（交互作用，p');
    for (const { kind, best, name } of within) {
      if (kind === 'best') expect(found.verdict).toContain(`with ${name} ${best} is`);
    }
    for (const text of [en.stdout, zh.stdout]) expect(text.match(/linear vs relu/g)).toHaveLength(2);
  });

  it('takes a grid of two factors apart', async () => {
    const { effects, levels, verdict } = await json<Compared>(home, 'compare', 'grid', '--by', 'activation,optimizer');
    expect(levels).toHaveLength(4);
    expect(effects?.map(({ source }) => source)).toEqual([
      'model.activation',
      'optimizer.name',
      'model.activation x optimizer.name',
      'seed',
    ]);
    expect(effects?.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1);
    const one = await json<Compared>(home, 'compare', 'grid', '--by', 'activation');
    expect(one.effects, 'whatever is compared').toEqual(effects);
    expect(verdict).not.toContain('Confounded');
  });

  it('says of the comparison of the course that it is confounded', async () => {
    const { confounds, verdict } = await json<Compared>(home, 'compare', 'corners', '--by', 'activation');
    expect(confounds).toEqual(['optimizer.name']);
    expect(verdict).toContain('Confounded: the groups differ in optimizer.name as well');
  });

  it('names pairs of levels so that "linear + sgd − linear + adam" does not read as arithmetic', async () => {
    // The corners alone: of a grid the activations are compared at each optimizer.
    const { stdout } = await ask(home, 'compare', 'corners', '--by', 'activation,optimizer', '--metric', 'loss');
    expect(stdout).toMatch(/^linear · sgd vs relu · adam +3 +[+-]/m);
    expect(stdout).toMatch(/^activation · optimizer +seeds/m);
    expect(stdout).not.toMatch(/sgd \+|\+ (sgd|adam)|sgd −/);
    const { levels, pairs } = await json<Compared>(home, 'compare', 'grid', '--by', 'activation,optimizer');
    expect(levels[0]).toMatchObject({
      level: 'linear + adam',
      name: 'linear · adam',
      values: { 'model.activation': 'linear', 'optimizer.name': 'adam' },
    });
    expect(pairs[0]).toMatchObject({ a: 'linear + adam', b: 'linear + sgd' });
  });

  it('shows numbers of a column with the same decimals, p-values never as 0.000, and intervals as the page does', async () => {
    const { stdout } = await ask(home, 'compare', 'grid', '--by', 'activation');
    const rows = [
      ...stdout.matchAll(/^(?:adam|sgd)? +(?:linear|relu) +4 +(0\.\d+) +(0\.\d+) +\[(0\.\d+), (0\.\d+)\]$/gm),
    ];
    expect(rows).toHaveLength(4);
    const decimals = rows.flatMap(([, ...numbers]) => numbers.map((number) => number.length - 2));
    expect(new Set(decimals).size).toBe(1);
    expect(stdout).toMatch(/^(?:adam|sgd)? +linear vs relu +4 .* (< 0\.0001|0\.\d{4}) +/m);
  });

  it('prints tables and a verdict for people, without colours where it is no terminal', async () => {
    const { code, stdout } = await ask(home, 'compare', 'grid', '--by', 'optimizer', '--metric', 'loss');
    expect(code).toBe(0);
    expect(stdout).toContain('batch loss by optimizer.name');
    expect(stdout).toMatch(/ sgd +4 +\d/);
    expect(stdout.replace(/\s+/g, ' ')).toContain('What optimizer does to batch loss depends on activation');
    expect(stdout).not.toContain('\u001b');
  });

  it('compares by the first factor where --by is not given, as the page does (it once was an error)', async () => {
    const { code, stdout, stderr } = await ask(home, 'compare', 'grid');
    expect(code).toBe(0);
    expect(stdout).toContain('test accuracy by model.activation, at each optimizer.name\n');
    expect(stderr).toBe('optimizer.name varies as well: --by model.activation,optimizer.name compares all\n');
    expect(await json<Compared>(home, 'compare', 'grid')).toEqual(
      await json<Compared>(home, 'compare', 'grid', '--by', 'activation'),
    );
    const loss = await ask(home, 'compare', 'grid', '--by', 'activation', '--metric', 'testLoss');
    expect(loss.stderr).toBe(
      'the main metric of these runs is test accuracy; each other one that is looked at may name a false winner in another 5% of the cases\n',
    );
    // Of two factors that differ together the other one is a confound, and not hidden in the names of the levels.
    expect(await json<Compared>(home, 'compare', 'corners')).toMatchObject({ confounds: ['optimizer.name'] });
  });

  it('says of a metric without a goal what is higher, and takes what is better from --goal', async () => {
    const metric = ['--by', 'activation', '--metric', 'gradientNorm.1'];
    const home = mkdtempSync(path.join(tmpdir(), 'whorl-compare-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    prepare(home, 'run', 'activations', ...small, 'model.activation=linear,relu', '--seeds', '1..3', '--name', 'norms');
    const open = await json<Compared>(home, 'compare', 'norms', ...metric);
    expect(open.goal).toBeNull();
    expect(open.verdict).toMatch(/has the highest (mean )?gradient of layer 1/);
    expect(open.verdict).toContain(
      'Whether more or less of it is better is not known: say it with --goal highest or --goal lowest.',
    );
    const said = (await askIn('zh', home, 'compare', 'norms', ...metric)).stdout;
    expect(said.replace(/\n/g, '')).toContain('请用 --goal highest 或 --goal lowest 指明');
    const low = await json<Compared>(home, 'compare', 'norms', ...metric, '--goal', 'lowest');
    expect(low.goal).toBe('lowest');
    expect(low.verdict).toMatch(/has the lowest (mean )?gradient of layer 1/);
    expect(low.verdict).not.toContain('--goal');
    expect(low.pairs).toEqual(open.pairs);
  });

  it('bug: runs that diverged are in no mean of any metric, and said to be all where they are', async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'whorl-compare-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const bursts = [...small.filter((item) => !/lr=/.test(item)), 'optimizer.name=sgd', 'loss.name=squared-error'];
    prepare(home, 'run', 'spiral', ...bursts, 'optimizer.lr=1000,2000', '--seeds', '1..3', '--name', 'bursts');
    prepare(home, 'run', 'spiral', ...bursts, 'optimizer.lr=0.01', '--seeds', '1..3', '--name', 'sound');
    for (const metric of ['testAccuracy', 'accuracy', 'loss']) {
      const all = await json<Compared>(home, 'compare', 'bursts', '--metric', metric);
      expect(all.levels.map(({ n, mean, diverged }) => [n, mean, diverged])).toEqual([
        [0, null, 3],
        [0, null, 3],
      ]);
      expect(all.verdict).toMatch(/^Every run diverged: there is no .* to compare\.$/);
      const some = await json<Compared>(home, 'compare', 'bursts', 'sound', '--metric', metric);
      expect(some.verdict).toBe('Only lr=0.01 has a result: every run of the other levels of optimizer.lr diverged.');
    }
    expect((await askIn('zh', home, 'compare', 'bursts')).stdout).toContain('所有运行都发散了');
  });

  it.each([
    [['grid', '--goal', 'up'], '--goal: expected highest or lowest, got "up"'],
    [['grd'], 'no run or experiment "grd". Did you mean "grid"?'],
    [['grid', '--by', 'activtion'], '--by: nothing varies that is called "activtion". Did you mean "activation"?'],
    [['grid', '--by', 'lr'], '--by: nothing varies that is called "lr". What varies: model.activation, optimizer.name'],
    [
      ['grid', '--by', 'optimizer', '--metric', 'acuracy'],
      '--metric: no finished run has "acuracy". Did you mean "accuracy"?',
    ],
    [[], "missing required argument 'run|experiment'"],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await ask(home, 'compare', ...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('whorl compare of rates of which one diverges', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'whorl-compare-'));
  beforeAll(() => {
    const rates = ['optimizer.name=sgd', 'optimizer.lr=0.05,1000', 'loss.name=squared-error', 'epochs=40', 'data.n=20'];
    const rest = ['--engine', 'wasm', '--jobs', '1', '--seeds', '1..3', '--name', 'diverging'];
    prepare(home, 'run', 'spiral', ...rates, ...rest);
    return () => rmSync(home, { recursive: true, force: true });
  });

  it('bug: says that all of its runs do, whatever the metric, and not that there is one rate', async () => {
    const { code, stdout } = await ask(home, 'compare', 'diverging', '--by', 'lr', '--metric', 'accuracy');
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'Only lr=0.05 has a result: every run of the other levels of optimizer.lr diverged.',
    );
    for (const metric of ['accuracy', 'loss', 'testAccuracy']) {
      const { levels } = await json<{ levels: { level: string; n: number; diverged: number; mean: number | null }[] }>(
        home,
        ...['compare', 'diverging', '--by', 'lr', '--metric', metric],
      );
      expect(levels, metric).toMatchObject([
        { level: '0.05', diverged: 0, n: 3 },
        { level: '1000', diverged: 3, n: 0, mean: null },
      ]);
    }
  });
});
