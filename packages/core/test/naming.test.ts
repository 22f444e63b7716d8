import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutMiddle,
  designOf,
  factorLabels,
  type LevelValue,
  levelNames,
  type Observed,
  runName,
  varyingPaths,
  writeValue,
} from '../src/index.ts';

const list = (length: number, value: number) => JSON.stringify(Array<number>(length).fill(value));

describe('values of configs', () => {
  it.each([
    [0.99995, '0.99995'],
    [0.99999, '0.99999'],
    [0.1 + 0.2, '0.30000000000000004'],
    [1e-7, '1e-7'],
    [20_230_101, '20230101'],
    [true, 'true'],
    ['true', 'true'],
    ['1', '"1"'],
    ['relu', 'relu'],
    ['my file, 1.csv', 'my file, 1.csv'],
    ['', '""'],
    [' x', '" x"'],
    [undefined, 'not set'],
    [null, 'not set'],
    ['not set', '"not set"'],
    ['undefined', '"undefined"'],
    [list(20, 32), '20 x 32'],
    [list(2, 100), '2 x 100'],
    [list(1, 100), '[100]'],
    ['[]', '[]'],
    [[], '[]'],
    [JSON.stringify([64, ...Array<number>(20).fill(32), 10]), '[64, 20 x 32, 10]'],
    ['[6,16]', '[6, 16]'],
    ['[64,32,32]', '[64, 32, 32]'],
    ['[[3,3],[3,3]]', '2 x [3, 3]'],
    ['20 x 32', '"20 x 32"'],
    ['[6, 16]', '"[6, 16]"'],
  ])('writes %j as %s', (value, text) => {
    expect(writeValue(value)).toBe(text);
  });

  const scalar = fc.oneof(
    fc.string(),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom('not set', 'undefined', 'null', '[]', '20 x 32', '[3 x 1]', 'a · b', '"a"', 'NaN', '1', 'a vs b'),
    fc.constant(undefined),
  );
  const lists = fc
    .array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 4 })), {
      maxLength: 8,
    })
    .map((value) => JSON.stringify(value));
  const value: fc.Arbitrary<LevelValue> = fc.oneof(scalar, lists);
  /** What sets a value apart: a record keeps `true` as a text, so that the two are one. */
  const typed = (one: LevelValue) => {
    if (one === undefined) return 'missing';
    return `${one === 'true' || one === 'false' ? 'boolean' : typeof one} ${String(one)}`;
  };

  it('writes different values differently', () => {
    fc.assert(
      fc.property(fc.array(value), (values) => {
        expect(new Set(values.map((one) => writeValue(one))).size).toBe(new Set(values.map(typed)).size);
      }),
    );
  });

  it('never gives different levels the same name', () => {
    const paths = ['model.activation', 'optimizer.name', 'optimizer.lr', 'loss.name', 'a=b'];
    const levels = fc.integer({ min: 1, max: paths.length }).chain((length) =>
      fc.record({
        by: fc.constant(paths.slice(0, length)),
        levels: fc.array(fc.array(value, { minLength: length, maxLength: length }), { minLength: 1 }),
      }),
    );
    fc.assert(
      fc.property(levels, ({ by, levels }) => {
        const names = levelNames(by, levels);
        const different = new Set(levels.map((level) => JSON.stringify(level.map(typed))));
        expect(new Set(names).size).toBe(different.size);
      }),
    );
  });
});

describe('names of levels', () => {
  it('bug: says of what a level is true, and has no quotes about it, as a record keeps it', () => {
    const by = ['loss.stable', 'model.activation'];
    expect(
      levelNames(by, [
        ['true', 'relu'],
        ['false', 'tanh'],
      ]),
    ).toEqual(['stable=true · relu', 'stable=false · tanh']);
  });

  it('bug: calls a file by its own name, and by its folder, too, where another has that name', () => {
    const names = (...files: string[]) =>
      levelNames(
        ['data.path'],
        files.map((file) => [file]),
      );
    expect(names('/home/eve/data/a1.csv', '/home/eve/data/a2.csv')).toEqual(['a1.csv', 'a2.csv']);
    expect(names('C:\\Users\\eve\\花.csv')).toEqual(['花.csv']);
    expect(names('/a/x.csv', '/b/x.csv')).toEqual(['path=/a/x.csv', 'path=/b/x.csv']);
  });

  it('bug: a run has one name everywhere: its configuration and its seed, which is never cut', () => {
    expect([runName('relu · sgd', 'seed 1'), runName('', '种子 1')]).toEqual(['relu · sgd · seed 1', '种子 1']);
    expect(runName('x'.repeat(40), 'seed 12', 20)).toMatch(/^x+…x+ · seed 12$/);
    expect(runName('x'.repeat(40), 'seed 12', 20)).toHaveLength(20);
  });

  it('shows schedule.factor=0.99995,0.99999,0.9999 in full', () => {
    expect(levelNames(['schedule.factor'], [[0.99995], [0.99999], [0.9999]])).toEqual([
      'factor=0.99995',
      'factor=0.99999',
      'factor=0.9999',
    ]);
  });

  it('shows only what differs, the first factor first, without reading as a sum', () => {
    const by = ['model.activation', 'optimizer.name', 'optimizer.lr', 'epochs'];
    const names = levelNames(by, [
      ['linear', 'sgd', 0.1, 100],
      ['linear', 'adam', 0.01, 100],
    ]);
    expect(names).toEqual(['sgd · lr=0.1', 'adam · lr=0.01']);
    expect(levelNames(by.slice(0, 2), [['linear', 'sgd']])).toEqual(['linear · sgd']);
  });

  it('leaves out what is missing, unless it is all that differs', () => {
    const by = ['optimizer.name', 'optimizer.momentum'];
    expect(
      levelNames(by, [
        ['sgd', 0.9],
        ['adam', undefined],
      ]),
    ).toEqual(['sgd · momentum=0.9', 'adam']);
    expect(
      levelNames(by, [
        ['sgd', 0.9],
        ['sgd', undefined],
      ]),
    ).toEqual(['momentum=0.9', 'momentum not set']);
  });

  it('does not call a missing value as the text "undefined"', () => {
    expect(levelNames(['tag'], [[undefined], ['undefined']])).toEqual(['tag not set', 'tag="undefined"']);
    expect(levelNames(['tag'], [[null], ['未设置']], { absent: '未设置' })).toEqual(['tag 未设置', 'tag="未设置"']);
  });

  it('tells words of two factors apart', () => {
    expect(
      levelNames(
        ['a.x', 'b.x'],
        [
          ['u', undefined],
          [undefined, 'u'],
        ],
      ),
    ).toEqual(['u · b.x not set', 'a.x not set · u']);
  });

  it('calls factors by as much of their path as it takes', () => {
    expect(factorLabels(['optimizer.name', 'optimizer.lr', 'schedule.lr', 'seed', 'data.name'])).toEqual([
      'optimizer',
      'optimizer.lr',
      'schedule.lr',
      'seed',
      'data',
    ]);
  });
});

describe('keys of levels', () => {
  const at = (params: Record<string, string | number>, value = 0) => ({ params, value });
  const keysOf = (runs: readonly Observed[], by: readonly string[]) => designOf(runs, by).levels.map(({ key }) => key);

  it('keep a missing value and the text "undefined" apart', () => {
    const observations = [at({ seed: 1 }), at({ seed: 1, tag: 'undefined' }), at({ seed: 1, tag: 'not set' })];
    expect(keysOf(observations, ['tag'])).toEqual(['"not set"', '"undefined"', 'not set']);
    expect(varyingPaths(observations.slice(0, 2))).toEqual(['tag']);
    expect(designOf([at({ kind: 'a' }), at({ kind: 'b', tag: 'undefined' })], ['kind']).confounds).toEqual(['tag']);
  });

  it('keep values apart that have the separator in them, and stay what they were for others', () => {
    const observations = [at({ a: 'x + y', b: 'z' }), at({ a: 'x', b: 'y + z' }), at({ a: 'relu', b: '[8,8]' })];
    expect(keysOf(observations, ['a', 'b'])).toEqual(['relu + [8,8]', 'x + "y + z"', '"x + y" + z']);
  });
});

describe('a text cut in its middle', () => {
  it('keeps its start and its end', () => {
    expect(cutMiddle('data/iris-first.csv', 12)).toBe('data/i…t.csv');
    expect(cutMiddle('short', 12)).toBe('short');
    expect(cutMiddle('激活函数对比', 6, (character) => (/\p{Script=Han}/u.test(character) ? 2 : 1))).toBe('激…比');
  });

  it('is never wider than it may be', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, most) => {
        expect([...cutMiddle(text, most)].length).toBeLessThanOrEqual(most);
      }),
    );
  });
});
