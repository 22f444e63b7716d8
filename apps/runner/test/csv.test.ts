import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore, type RunRecord } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { ask, askIn, json, startWith, temporaryFolder, whorl } from './cli.ts';

const quick = ['epochs=40', 'model.hidden=[8]', 'optimizer.lr=0.05', '--engine', 'wasm', '--jobs', '1'] as const;

/** Two kinds that lie apart, the column of the kinds in the middle. */
const rows = Array.from(
  { length: 40 },
  (_, i) => `${i % 2 === 0 ? 3 + i / 100 : -3},${i % 2 ? 'oak' : 'fir'},${100 + i}`,
);
const TREES = `height,kind,age\n${rows.join('\n')}\n`;

interface Runs {
  readonly runs: Pick<RunRecord, 'id' | 'status' | 'config'>[] & { summary: Record<string, { last: number }> }[];
}

function trees(content = TREES): { home: string; file: string } {
  const folder = temporaryFolder();
  const file = path.join(folder, 'trees, old.csv');
  writeFileSync(file, content);
  return { home: path.join(folder, 'home'), file };
}

describe('whorl run data.name=csv', () => {
  it('trains on a file of rows, and its config names the file and its contents', async () => {
    const { home, file } = trees();
    const relative = path.relative(process.cwd(), file);
    const words = ['run', 'spiral', 'data.name=csv', `data.path="${relative}"`, '--label', 'kind', ...quick];
    const { runs } = await json<Runs>(home, ...words, '--seeds', '1..2');
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
    expect(runs).toHaveLength(2);
    for (const run of runs) {
      expect(run.status).toBe('finished');
      expect(run.config?.data).toEqual({
        name: 'csv',
        path: file,
        label: 'kind',
        holdout: 0.2,
        standardize: true,
        sha256,
      });
      expect(run.summary.accuracy?.last).toBe(1);
      expect(run.summary.testAccuracy?.last, 'bug: rows were held out and never measured').toBe(1);
      expect(run.summary.testLoss?.last).toBeGreaterThan(0);
    }
    const again = await whorl(home, ...words, '--seeds', '1..2', '--skip-recorded');
    expect(again.stderr).toContain('all 2 runs are recorded already');
    writeFileSync(file, TREES.replace('3.02', '3.5'));
    const changed = await whorl(home, ...words, '--skip-recorded');
    expect([changed.code, changed.stderr]).toEqual([0, expect.not.stringContaining('recorded already')]);
  });

  it('says rows, features and classes when it starts, and keeps them with the run and in its log', async () => {
    const { home, file } = trees();
    const words = ['run', 'spiral', 'data.name=csv', `data.path="${file}"`, '--label', 'kind', ...quick];
    const { code, stdout, stderr } = await whorl(home, ...words, '--seeds', '1..2', '--json');
    const sentence = '40 rows (32 to train on, 8 to test), 2 features (height, age), 2 classes in kind: fir 20, oak 20';
    expect([code, stderr.split('\n').filter((line) => line.startsWith('data '))]).toEqual([
      0,
      [`data trees, old.csv: ${sentence}`],
    ]);
    const store = await openStore({ home });
    const { id, environment } = await store.runs.get((JSON.parse(stdout) as Runs).runs[0]?.id as string);
    expect(environment.data).toEqual({
      trainRows: 32,
      testRows: 8,
      features: 2,
      label: 'kind',
      classes: { fir: 20, oak: 20 },
    });
    const [log] = await store.artifacts.list(id, 'log');
    expect((await store.artifacts.read(id, log?.id as number)).data.toString()).toContain(` data: ${sentence}\n`);
    await store.close();
  });

  it('warns of digits that single precision loses, and of classes that differ in case', async () => {
    const counting = Array.from({ length: 40 }, (_, i) => `${1_700_000_000 + i},${i % 2 === 0 ? 'Yes' : 'yes'}`);
    const { home, file } = trees(`t,k\n${counting.join('\n')}\n`);
    const words = ['run', 'spiral', 'data.name=csv', `data.path="${file}"`, 'data.standardize=false', ...quick];
    const { code, stderr } = await whorl(home, ...words, '--json');
    expect(code).toBe(0);
    expect(stderr).toContain('! the classes "Yes" (row 2) and "yes" (row 3) differ in nothing but case or width;');
    expect(stderr).toContain('! column "t": its 40 different values become 1 in the single precision in which');
    expect(stderr).toContain('leave out data.standardize=false');
  });

  it('says of a row of counts how it is read, and does not warn', async () => {
    const counts = fileURLToPath(new URL('../../../packages/core/test/fixtures/csv/iris-counts.csv', import.meta.url));
    const home = path.join(temporaryFolder(), 'home');
    const { code, stderr } = await whorl(home, 'run', 'spiral', 'data.name=csv', `data.path=${counts}`, ...quick);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^row 1 is a row of counts, as scikit-learn writes it/m)]);
    expect(stderr).not.toContain('!');
  });

  it('speaks Chinese of the file under a Chinese locale, and records English', async () => {
    const { home, file } = trees(TREES.replaceAll(/\d+$/gm, (age) => `${1_700_000_000 + Number(age)}`));
    const words = ['run', 'spiral', 'data.name=csv', `data.path="${file}"`, '--label', 'kind', 'epochs=2'];
    const chinese = { LC_ALL: 'zh_CN.UTF-8' };
    const trained = startWith(chinese, home, ...words, 'data.standardize=false', '--engine', 'wasm', '--json');
    const { code, stdout, stderr } = await trained.ended;
    expect(code).toBe(0);
    expect(stderr).toContain('数据 trees, old.csv: 40 行（32 行用于训练，8 行用于测试），2 个特征（height、age）');
    expect(stderr).toContain('! 列 "age"：它的 40 个不同的值在训练所用的单精度中变成');
    const store = await openStore({ home });
    const { id, environment } = await store.runs.get((JSON.parse(stdout) as Runs).runs[0]?.id as string);
    const [log] = await store.artifacts.list(id, 'log');
    const said = (await store.artifacts.read(id, log?.id as number)).data.toString();
    await store.close();
    expect((environment.data as { notes: string[] }).notes[0]).toMatch(/^column "age": its 40 different values become/);
    expect(said).toContain(' data: column "age": its 40 different values become');
    expect(said).not.toMatch(/\p{Script=Han}/u);

    writeFileSync(file, TREES.replace('107', 'old'));
    expect((await askIn('zh', home, ...words)).stderr).toMatch(
      /^错误 .*，第 9 行，列 "age"：应为数字，得到的是 "old"；请改正，或从文件中去掉这一列/,
    );
    expect((await askIn('zh', home, 'ls', 'spiral', '--query', 'seed = 1 adn')).stderr).toBe(
      '错误 --query：应为“and”或“or”，得到的是 adn。是不是“and”？\n  seed = 1 adn\n           ^^^\n',
    );
  });

  it('trains on iris as UCI ships it with data.header=false, and on its repeat', async () => {
    const uci = fileURLToPath(new URL('../../../packages/core/test/fixtures/csv/iris-uci.csv', import.meta.url));
    const home = path.join(temporaryFolder(), 'home');
    const words = ['run', 'spiral', 'data.name=csv', `data.path=${uci}`, ...quick];
    const refused = await ask(home, ...words);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('row 1: the header seems to be')]);
    const { code, stdout, stderr } = await whorl(home, ...words, 'data.header=false', '--json');
    expect([code, stderr]).toEqual([0, expect.stringContaining('150 rows (120 to train on, 30 to test), 4 features')]);
    expect(stderr).toContain('in column 5: Iris-setosa 50, Iris-versicolor 50, Iris-virginica 50');
    const store = await openStore({ home });
    const { command } = await store.runs.get((JSON.parse(stdout) as Runs).runs[0]?.id as string);
    await store.close();
    expect(command).toContain('data.header=false');
  });

  it('compares two files: data.path=a1.csv,a2.csv are two levels, called by their names', async () => {
    const folder = temporaryFolder();
    const home = path.join(folder, 'home');
    writeFileSync(path.join(folder, 'a1.csv'), TREES);
    writeFileSync(path.join(folder, 'a2.csv'), TREES.replaceAll('-3', '2.9'));
    writeFileSync(path.join(folder, 'copy.csv'), TREES);
    const run = (files: string) => [
      ...['run', 'spiral', 'data.name=csv', '--label', 'kind', '--name', 'files'],
      ...[`data.path=${files.split(',').map((name) => path.join(folder, name))}`, '--seeds', '1..3', ...quick],
    ];
    expect((await whorl(home, ...run('a1.csv,a2.csv'))).code).toBe(0);
    const compared = await json<{ by: string; levels: { level: string; n: number }[]; confounds: string[] }>(
      home,
      'compare',
      'files',
    );
    expect(compared).toMatchObject({ by: 'data.path', confounds: [] });
    expect(compared.levels.map(({ level, n }) => [level, n])).toEqual([
      ['a1.csv', 3],
      ['a2.csv', 3],
    ]);
    expect((await ask(home, 'compare', 'files', '--by', 'path')).stdout).not.toContain('Confounded');

    // A copy is the same data: it is recorded already, and no level beside what it is a copy of.
    const copied = await whorl(home, ...run('copy.csv'), '--skip-recorded');
    expect([copied.code, copied.stderr]).toEqual([0, expect.stringContaining('all 3 runs are recorded already')]);
    const twice = await ask(home, ...run('a1.csv,copy.csv'));
    expect(twice).toMatchObject({ code: 2, stdout: '' });
    expect(twice.stderr).toContain(
      `error data.path: ${folder}/a1.csv and ${folder}/copy.csv hold the same bytes, so that there is nothing to compare;`,
    );
  });

  it('gives a command that trains the run again, and refuses where the file has changed', async () => {
    const { home, file } = trees();
    const { runs } = await json<Runs>(
      home,
      'run',
      'spiral',
      'data.name=csv',
      `data.path="${file}"`,
      'data.label=kind',
      ...quick,
    );
    const store = await openStore({ home });
    const { command, config } = await store.runs.get(runs[0]?.id as string);
    await store.close();
    expect(command).toContain(`data.sha256=${(config?.data as { sha256: string } | undefined)?.sha256}`);
    const words =
      command
        .replace('npx whorl ', '')
        .match(/'[^']*'|\S+/g)
        ?.map((word) => word.replaceAll("'", '')) ?? [];
    const again = await json<Runs>(home, ...words);
    expect(again.runs[0]).toMatchObject({ status: 'finished', config, summary: runs[0]?.summary });

    writeFileSync(file, `${TREES}1,fir,1\n`);
    const { code, stdout, stderr } = await ask(home, ...words, '--name', 'changed');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`error ${file}: the file changed: its SHA-256 is `);
    const after = await openStore({ home });
    expect(await after.experiments.find('changed')).toBeNull();
    await after.close();
  });

  it.each<[kind: string, content: string, words: string[], message: string]>([
    [
      'text among numbers',
      TREES.replace('107', 'old'),
      ['--label', 'kind'],
      ', row 9, column "age": expected a number, got "old"; ',
    ],
    [
      'no column of that name',
      TREES,
      ['--label', 'knid'],
      ', row 1, column "knid": data.label names no column. Did you mean "kind"?',
    ],
    ['a number column as classes', TREES, [], ', row 2, column "kind": expected a number, got "fir"; '],
    ['an empty file', '', [], ': the file is empty; '],
    [
      'a class without rows to train on',
      'a,k\n1,x\n2,x\n3,y\n4,y\n',
      ['data.holdout=0.9'],
      ', column "k": no row of the class ',
    ],
  ])('%s: exit code 2, one message, nothing recorded', async (_, content, words, message) => {
    const { home, file } = trees(content);
    const { code, stdout, stderr } = await ask(
      home,
      'run',
      'spiral',
      'data.name=csv',
      `data.path="${file}"`,
      ...words,
      ...quick,
    );
    expect(stderr.startsWith(`error ${file}${message}`), stderr).toBe(true);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect([code, stdout, existsSync(home)]).toEqual([2, '', false]);
  });

  it('a seed whose rows cannot be divided stops them all, and other data has no label', async () => {
    const { home, file } = trees('a,k\n1,x\n2,x\n3,y\n4,y\n');
    const words = ['run', 'spiral', 'data.name=csv', `data.path="${file}"`, 'data.holdout=0.5', ...quick];
    const { code, stderr } = await ask(home, ...words, '--seeds', '1..20');
    expect([code, existsSync(home)]).toEqual([2, false]);
    expect(stderr).toContain('is left to train on, as 2 of 4 rows are held out; set a smaller data.holdout');
    expect(await ask(home, 'run', 'spiral', '--label', 'kind')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error data.label: data "spiral" has no such field. It has: name, n, classes, noise\n',
    });
    const none = await ask(home, 'run', 'spiral', 'data.name=csv', 'data.path=none.csv');
    expect(none.stderr).toBe(`error ${path.resolve('none.csv')}: there is no such file; check data.path\n`);
    expect([none.code, existsSync(home)]).toEqual([2, false]);
  });

  it('refuses what a Chinese Excel saves as CSV, and trains two networks on it saved as CSV UTF-8', async () => {
    const { home, file } = trees();
    const words = ['run', 'spiral', 'data.name=csv', `data.path="${file}"`, '--label', '种类', 'model.hidden=[4],[8]'];
    // 种类 in GBK.
    writeFileSync(file, Buffer.from([0x61, 0x2c, 0xd6, 0xd6, 0xc0, 0xe0, 0x0a, 0x31, 0x2c, 0x78, 0x0a]));
    const refused = await askIn('zh', home, ...words);
    expect([refused.code, existsSync(home)]).toEqual([2, false]);
    expect(refused.stderr).toBe(`错误 ${file}，第 1 行：不是有效的 UTF-8（可能是 GBK）；请把文件另存为“CSV UTF-8”\n`);
    writeFileSync(file, `\ufeff${TREES.replace('kind', '种类').replaceAll('\n', '\r\n')}`);
    const trained = await askIn('zh', home, ...words, 'epochs=2', '--engine', 'wasm', '--jobs', '1');
    expect(trained.code).toBe(0);
    expect(trained.stderr).toContain('种类 列有 2 个类别：fir 20、oak 20');
  });
});
