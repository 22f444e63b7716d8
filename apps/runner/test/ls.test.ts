import { existsSync } from 'node:fs';
import path from 'node:path';
import { trainingStudy } from '@whorl/core';
import { openStore } from '@whorl/store';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { ask, askIn, json, startWith, temporaryFolder } from './cli.ts';

/** A record with an experiment "mine" of three runs, whose accuracies are 0.5, 0.95 and NaN. */
async function record(startedAt: Date | null = null): Promise<string> {
  const home = temporaryFolder();
  const store = await openStore({ home });
  const { id: experimentId } = await store.experiments.create('mine', 'spiral');
  await store.runs.insertMany(
    [0.5, 0.95, Number.NaN].map((accuracy, i) => ({
      experimentId,
      name: `seed ${i}`,
      config: { ...trainingStudy('spiral').defaults, seed: i },
      status: 'finished' as const,
      engine: 'cpu',
      mode: 'eager',
      environment: {},
      command: '',
      tags: i === 0 ? { broken: 'yes' } : {},
      createdAt: startedAt ?? new Date(i),
      startedAt,
      endedAt: null,
      durationMs: null,
      metrics: {
        accuracy: { steps: Float64Array.of(0), values: Float64Array.of(accuracy), times: Float64Array.of(0) },
      },
    })),
  );
  await store.close();
  return home;
}

describe('whorl ls <experiment> --query', () => {
  it('lists the runs that the query finds, newest first', async () => {
    const home = await record();
    const seeds = async (query: string) =>
      (await json<{ runs: { seed: number }[] }>(home, 'ls', 'mine', '--query', query)).runs.map(({ seed }) => seed);
    expect(await seeds('metrics.accuracy > 0.9 and model.activation in ("relu", "gelu") and not tags.broken')).toEqual([
      1,
    ]);
    expect(await seeds('not metrics.accuracy > 0.9')).toEqual([2, 0]);
    expect(await seeds('')).toEqual([2, 1, 0]);
    const { code, stdout } = await ask(home, 'ls', 'mine', '--query', 'metrics.accuracy = nan');
    expect([code, stdout.includes('seed 2'), stdout.includes('seed 1')]).toEqual([0, true, false]);
  });

  it.each([
    ['Asia/Shanghai', '2026-11-29 02:27+08:00', '2026-11-29'],
    ['UTC', '2026-11-28 18:27+00:00', '2026-11-28'],
    ['America/New_York', '2026-11-28 13:27-05:00', '2026-11-28'],
  ])('shows times in the zone of the machine (%s) and reads dates in it', async (TZ, shown, day) => {
    const home = await record(new Date('2026-11-28T18:27:09Z'));
    const said = async (query: string) => {
      const { code, stdout, stderr } = await startWith({ TZ }, home, 'ls', 'mine', '--query', query).ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return stdout;
    };
    const found = `created >= "${day}" and created in ("${day}") and created = "${shown}" and created = "${shown.slice(0, 16)}"
      and created = "2026-11-28T18:27Z" and created like "${day}T%"`;
    expect(await said(found)).toContain(shown);
    const others = `created < "${day}" or created > "${day}" or created = "2026-11-28T18:26Z"`;
    expect(await said(others)).not.toContain(shown);
  });

  it('names a field that no run has and the one that is meant (it once printed an empty table)', async () => {
    const home = await record();
    expect(await ask(home, 'ls', 'mine', '--query', 'accuracy > 0.5')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error --query: no run has accuracy. Did you mean "metrics.accuracy"?\n',
    });
    expect(await ask(home, 'ls', 'mine', '--query', 'foo.bar = 1', '--json')).toMatchObject({
      code: 2,
      stderr: 'error --query: no run has foo.bar.\n',
    });
    const some = await ask(home, 'ls', 'mine', '--query', 'accuracy > 0.5 or seed = 1');
    expect([some.code, some.stderr]).toEqual([0, '! no run has accuracy. Did you mean "metrics.accuracy"?\n']);
    // A tag that nobody has set is absent, and no fault of the query.
    expect(await ask(home, 'ls', 'mine', '--query', 'tags.kept')).toEqual({
      code: 0,
      stdout: 'no run of mine is found by the query\n',
      stderr: '',
    });
  });

  it('is in the help', async () => {
    const { stdout } = await ask(temporaryFolder(), 'ls', '--help');
    expect(stdout).toContain('--query <text>');
  });
});

describe('whorl ls', () => {
  it('in a folder without a record says which folder, and makes none (it once did)', async () => {
    const home = path.join(temporaryFolder(), 'elsewhere', '.whorl');
    expect(await ask(home, 'ls')).toEqual({
      code: 0,
      stdout: `Nothing is recorded in ${home} yet. Train something: whorl run spiral\n`,
      stderr: '',
    });
    expect(await ask(home, 'ls', '--json')).toMatchObject({ code: 0, stdout: '{\n  "experiments": []\n}\n' });
    expect((await ask(home, 'ls', 'spiral')).stderr).toBe(
      `error There is no record in ${home}: nothing was trained from this folder. Go to the folder in which you trained, set WHORL_HOME, or train something: whorl run spiral\n`,
    );
    expect((await ask(home, 'doctor', '--json')).stdout).toContain(`none yet: whorl run makes ${home}/whorl.db`);
    expect(existsSync(path.dirname(home))).toBe(false);
  });

  it('names the record of a folder above', async () => {
    const folder = temporaryFolder();
    const home = path.join(folder, '.whorl');
    await (await openStore({ home })).close();
    const { stderr } = await ask(path.join(folder, 'data', '.whorl'), 'ls', 'spiral');
    expect(stderr).toContain(`There is one in ${home}: cd there, or set WHORL_HOME to it.`);
  });

  it('lists every experiment, 1,005 of them too (it cut off at 1,000)', async () => {
    const home = temporaryFolder();
    const store = await openStore({ home });
    for (let i = 0; i < 1005; i++) await store.experiments.create(`experiment ${i}`, 'spiral');
    await store.close();
    expect((await json<{ experiments: unknown[] }>(home, 'ls')).experiments).toHaveLength(1005);
    expect((await ask(home, 'ls')).stdout.trim().split('\n')).toHaveLength(1006);
  });

  it("finds an experiment by a name with blanks around it, as --name ' x ' records it", async () => {
    const home = await record();
    const { code, stdout } = await ask(home, 'ls', ' mine ');
    expect([code, stdout.includes('seed 2')]).toEqual([0, true]);
    expect(await ask(home, 'ls', 'mien')).toMatchObject({
      code: 2,
      stderr: 'error no experiment "mien". Did you mean "mine"? whorl ls lists them\n',
    });
    expect((await ask(home, 'share', ' mine ', '--json')).code).toBe(0);
  });

  it.each([
    [{ LC_ALL: 'zh_CN.UTF-8' }, '批次准确率'],
    [{ LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_TW.UTF-8' }, '批次准确率'],
    [{ LC_ALL: 'C.UTF-8', LANG: 'zh_CN.UTF-8' }, 'batch accuracy'],
    [{ LC_ALL: 'zh_CN.UTF-8', WHORL_LANG: 'en' }, 'batch accuracy'],
  ])('is in the language of the locale: %j', async (variables, word) => {
    expect((await startWith(variables, await record(), 'ls', 'mine').ended).stdout).toContain(word);
  });

  it('speaks Chinese where the terminal does, and JSON in English', async () => {
    const home = await record();
    const chinese = (...args: string[]) => askIn('zh', home, ...args);
    const { stdout } = await chinese('ls', 'mine');
    const [head = '', first = ''] = stdout.split('\n');
    expect(head).toMatch(/^运行 +名称 +状态 +批次准确率 +用时 +引擎 +开始时间$/);
    expect(first).toContain('已完成');
    // A Chinese character takes two columns: the words below each other begin in the same one.
    expect(stringWidth(head.slice(0, head.indexOf('状态')))).toBe(stringWidth(first.slice(0, first.indexOf('已完成'))));
    expect((await chinese('ls', 'mine', '--json')).stdout).toBe((await ask(home, 'ls', 'mine', '--json')).stdout);
    expect((await chinese('ls', 'mein')).stderr).toBe('错误 没有实验“mein”。是不是“mine”？whorl ls 列出所有实验\n');
    expect((await chinese('run', 'spiral', 'optimzer.lr=1')).stderr).toBe(
      '错误 optimzer.lr：没有这个路径。是不是“optimizer.lr”？\n',
    );
    expect((await chinese('--help')).stdout).toContain('用法：');
    expect((await chinese('rnu')).stderr).toContain('错误：没有命令“rnu”\n（是不是 run？）');
  });
});
