import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openStore, type RunRecord } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { ask, json, temporaryFolder, whorl } from './cli.ts';

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
      expect(run.config.data).toEqual({
        name: 'csv',
        path: file,
        label: 'kind',
        holdout: 0.2,
        standardize: true,
        sha256,
      });
      expect(run.summary.accuracy?.last).toBe(1);
    }
    const again = await whorl(home, ...words, '--seeds', '1..2', '--skip-recorded');
    expect(again.stderr).toContain('all 2 runs are recorded already');
    writeFileSync(file, TREES.replace('3.02', '3.5'));
    const changed = await whorl(home, ...words, '--skip-recorded');
    expect([changed.code, changed.stderr]).toEqual([0, expect.not.stringContaining('recorded already')]);
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
    expect(command).toContain(`data.sha256=${(config.data as { sha256: string }).sha256}`);
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
});
