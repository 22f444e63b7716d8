import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { buildConfig, trainingStudy } from '@whorl/core';
import { openStore } from '@whorl/store';
import stringWidth from 'string-width';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fit, type TextColumn, table, wrap } from '../src/terminal/layout.ts';
import { temporaryFolder } from './cli.ts';

const bin = fileURLToPath(new URL('../bin/whorl.js', import.meta.url));
const widest = (text: string): number =>
  Math.max(
    ...stripVTControlCharacters(text)
      .split(/\r?\n/)
      .map((line) => stringWidth(line)),
  );

describe('what fits on a terminal', () => {
  beforeEach(() => void vi.stubEnv('WHORL_LANG', 'en'));
  afterEach(() => void vi.unstubAllEnvs());

  interface Row {
    readonly name: string;
    readonly note: string;
  }
  const rows: readonly Row[] = [
    { name: 'model.hidden=[64,64,64] lr=0.001', note: 'first' },
    { name: '学习率 0.01 的网络，三层', note: 'second' },
  ];
  const columns: readonly TextColumn<Row>[] = [
    { head: 'name', cell: ({ name }) => name, narrow: 'cut' },
    { head: 'note', cell: ({ note }) => note, align: 'right', leaveOut: 1 },
    { head: 'value', cell: () => '0.1234' },
  ];
  const plain = (width: number) => stripVTControlCharacters(table(rows, columns, width)).split('\n');

  it('a table in full where there is room, and where it goes to a file', () => {
    expect(plain(Number.POSITIVE_INFINITY)).toEqual(plain(80));
    expect(plain(80)).toEqual([
      'name                                note  value',
      'model.hidden=[64,64,64] lr=0.001   first  0.1234',
      '学习率 0.01 的网络，三层          second  0.1234',
    ]);
  });

  it('names cut in their middle, then columns left out and said', () => {
    expect(plain(40)).toEqual([
      'name                        note  value',
      'model.hidden…4] lr=0.001   first  0.1234',
      '学习率 0.01 的网络，三层  second  0.1234',
    ]);
    expect(plain(26)).toEqual([
      'name                value',
      'model.hid…lr=0.001  0.1234',
      '学习率 0…络，三层   0.1234',
      'a wider terminal also',
      'shows note',
    ]);
    for (let width = 20; width < 60; width++) expect(widest(plain(width).join('\n'))).toBeLessThanOrEqual(width);
  });

  it('a row has one line whatever its name holds', () => {
    const [, line] = stripVTControlCharacters(table([{ name: 'a\nb\u001b[2J', note: '' }], columns, 80)).split('\n');
    expect(line).toMatch(/^a b \[2J/);
  });

  it('sentences broken between words and Chinese characters, no mark alone at the start of a line', () => {
    expect(wrap('one two three four', 9, '')).toEqual(['one two', 'three', 'four']);
    expect(wrap('运行不够，至少需要三对。', 10, '')).toEqual(['运行不够，', '至少需要三', '对。']);
    // bug: a list of names in Latin letters between Chinese marks was one word, and wider than the terminal
    expect(wrap('写下的内容：TensorBoard、SwanLab、MLflow 的文件', 14, '')).toEqual([
      '写下的内容：',
      'TensorBoard、',
      'SwanLab、',
      'MLflow 的文件',
    ]);
    expect(fit('一二三四五', 6)).toBe('一…五');
  });

  it('bug: the name of a level is broken over two lines where there is room for it on the second', () => {
    expect(wrap('not distinguishable from linear · adam and relu · sgd.', 32, '')).toEqual([
      'not distinguishable from',
      'linear · adam and relu · sgd.',
    ]);
    expect(
      wrap('wider than hidden=3 x 32 · residual · rmsprop · lr=0.001', 20, '').every((line) => widest(line) <= 20),
    ).toBe(true);
  });

  it('bug: a pair loses the word between its names where it is cut', () => {
    const cut = ({ name, note }: Row, width: number) =>
      `${fit(name, (width - 4) / 2)} vs ${fit(note, (width - 4) / 2)}`;
    const pair = [{ name: 'linear · sgd · lr=0.01', note: 'relu · adam · lr=0.001' }];
    const [, line] = table(
      pair,
      [{ head: 'a vs b', cell: ({ name, note }) => `${name} vs ${note}`, narrow: 'cut', cut }],
      28,
    ).split('\n');
    expect(line).toBe('linear…=0.01 vs relu ·…0.001');
  });
});

/** `script` gives a program a terminal of its own; util-linux has one with these options. */
const hasTerminal = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;

describe.skipIf(!hasTerminal)('on a terminal of 80 and of 120 columns (needs script of util-linux)', () => {
  const onTerminal = (columns: number, home: string, language: string, ...args: string[]) =>
    execFileSync(
      'script',
      ['-qec', `stty cols ${columns} rows 40; exec '${process.execPath}' '${bin}' ${args.join(' ')}`, '/dev/null'],
      {
        env: { ...process.env, WHORL_HOME: home, WHORL_LANG: language, DATABASE_URL: '' },
        encoding: 'utf8',
      },
    );

  async function record(): Promise<string> {
    const home = temporaryFolder();
    const store = await openStore({ home });
    const { id: experimentId } = await store.experiments.create(
      `a long name of an experiment ${'x'.repeat(80)}`,
      'spiral',
    );
    await store.runs.insertMany(
      ['model.hidden=[32,32,32,32,32,32,32,32] optimizer.lr=0.001 seed 1', '八层网络，学习率千分之一，种子二'].map(
        (name, i) => ({
          experimentId,
          name,
          config: { ...trainingStudy('spiral').defaults, seed: i },
          status: 'finished' as const,
          engine: 'native',
          mode: 'compiled',
          environment: {},
          command: '',
          createdAt: new Date(i),
          startedAt: new Date(i),
          endedAt: null,
          durationMs: 65_000,
          metrics: { loss: { steps: Float64Array.of(0), values: Float64Array.of(0.5 + i), times: Float64Array.of(0) } },
        }),
      ),
    );
    await store.close();
    return home;
  }

  it.each([
    [80, 'en'],
    [80, 'zh'],
    [120, 'zh'],
  ])('no line of %i columns in %s is broken by the terminal', async (columns, language) => {
    const home = await record();
    const store = await openStore({ home });
    const [experiment] = await store.experiments.all();
    const [run] = await store.runs.all(experiment?.id ?? '');
    await store.close();
    const commands = [
      ['ls'],
      ['ls', experiment?.id ?? ''],
      ['show', run?.id ?? ''],
      ['studies'],
      ['--help'],
      ['run', '--help'],
      ['plan', '--help'],
      ['plan', 'activations'],
      ['plan', 'spiral', 'activation=relu,tanh,gelu', '--difference', '0.02', '--spread', '0.01'],
    ];
    for (const args of commands) {
      const lines = onTerminal(columns, home, language, ...args).split('\r\n');
      // The command that trains a run again is there to be copied, and is one line.
      const shown = lines.filter((line) => !line.includes('npx whorl run'));
      expect(widest(shown.join('\n')), `${args.join(' ')}: ${shown.join('\n')}`).toBeLessThanOrEqual(columns);
      expect(shown.length).toBeGreaterThan(2);
    }
  });

  it('bug: what compare, show, share and doctor print fits 40 columns, down to the levels and their intervals', async () => {
    const home = temporaryFolder();
    const store = await openStore({ home });
    const { id: experimentId } = await store.experiments.create('网格 grid', 'spiral');
    await store.runs.insertMany(
      ['linear', 'relu'].flatMap((activation) =>
        ['sgd', 'adam'].flatMap((optimizer) =>
          [1, 2, 3].map((seed) => ({
            experimentId,
            name: `${activation} · ${optimizer} · seed ${seed}`,
            config: buildConfig(trainingStudy('spiral').defaults, {
              'model.activation': activation,
              'optimizer.name': optimizer,
              seed,
            }),
            status: 'finished' as const,
            engine: 'native',
            mode: 'compiled',
            environment: {},
            command: '',
            createdAt: new Date(0),
            startedAt: new Date(0),
            endedAt: null,
            durationMs: 1000,
            metrics: {
              accuracy: {
                steps: Float64Array.of(0),
                values: Float64Array.of((activation === 'relu' ? 0.9 : 0.5) + seed / 1000),
                times: Float64Array.of(0),
              },
            },
          })),
        ),
      ),
    );
    const [run] = await store.runs.all(experimentId);
    await store.close();
    for (const language of ['en', 'zh']) {
      for (const args of [
        ['compare', experimentId, '--by', 'activation,optimizer'],
        ['show', run?.id ?? ''],
        ['share', experimentId],
        ['share', '--list'],
      ]) {
        const said = onTerminal(40, home, language, ...args).split('\r\n');
        const shown = said.filter((line) => !/npx whorl run|https?:/.test(line)); // to be copied as a whole
        expect(widest(shown.join('\n')), `${args.join(' ')}: ${shown.join('\n')}`).toBeLessThanOrEqual(40);
        if (args[0] === 'compare') expect(shown.join('\n')).toMatch(/^\S.*… vs |^\S.* vs \S*…/m);
        if (args[0] === 'compare') expect(shown.join('\n')).toMatch(/relu · adam +0\.9\d+ +\[0\.\d+, 0\.\d+\]/);
      }
    }
  });

  it('lines of a training fit, and say nothing of a loss before there is one ("loss NaN accuracy NaN")', () => {
    const args = [
      'run',
      'spiral',
      'hidden=[4,4,4,4,4],[5,5,5,5,5]',
      'epochs=60',
      'n=20',
      '--engine',
      'wasm',
      '--jobs',
      '2',
    ];
    const said = onTerminal(80, temporaryFolder(), 'en', ...args);
    expect(said).toContain('accuracy');
    expect(said).not.toMatch(/NaN|Infinity|undefined/);
    expect(widest(said)).toBeLessThanOrEqual(80);
  });
});
