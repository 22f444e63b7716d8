import { ACTIVATION_IDS, type FieldInfo, factorsOf } from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { levelColour, PALETTE } from '../src/charts/colours.ts';
import { type FactorLevels, levelsAmong, looksBy } from '../src/charts/looks.ts';
import { groupLooks } from '../src/features/curves/model/group-looks.ts';
import { looksOfFields } from '../src/features/runs-table/model/looks.ts';

const run = (params: Readonly<Record<string, string | number>>) => ({ params });
const ACTIVATION = 'model.activation';
const OPTIMIZER = 'optimizer.name';
const GRID: FactorLevels = new Map([
  [ACTIVATION, ['relu', 'gelu', 'tanh']],
  [OPTIMIZER, ['sgd', 'momentum', 'rmsprop', 'adam']],
]);
const at = (values: Readonly<Record<string, string | number>>) => (path: string) => values[path];

describe('looks', () => {
  it('tell runs of other kinds apart (fields that only one kind has once gave the rest one colour)', () => {
    const runs = [
      run({ 'data.squares': 4, 'data.name': 'checkerboard' }),
      run({ 'data.name': 'xor' }),
      run({ 'data.name': 'gaussians' }),
      run({ 'data.name': 'moons' }),
    ];
    const by = ['data.squares', 'data.name'];
    const lookOf = looksBy(by, levelsAmong(runs, by));
    expect(new Set(runs.map(({ params }) => lookOf(at(params)).colour.light)).size).toBe(4);
  });

  it('keep a level its colour among other levels', () => {
    const colour = (levels: readonly string[]) =>
      looksBy([ACTIVATION], new Map([[ACTIVATION, levels]]))(at({ [ACTIVATION]: 'relu' }));
    expect(colour(['relu', 'tanh'])).toEqual(colour(['gelu', 'relu']));
    expect(colour([])).toEqual(colour(['linear', 'sigmoid', 'relu']));
  });

  it('bug: are there for every activation, alone and among others (the ninth had none, and its pages failed)', () => {
    for (const level of ACTIVATION_IDS) {
      const alone = looksBy([ACTIVATION], new Map([[ACTIVATION, [level]]]));
      expect(alone(at({ [ACTIVATION]: level })).colour?.light, level).toMatch(/^#/);
      expect(levelColour(ACTIVATION, level)?.dark, level).toMatch(/^#/);
    }
    const all = looksBy([ACTIVATION], new Map([[ACTIVATION, ACTIVATION_IDS]]));
    expect(ACTIVATION_IDS.map((level) => all(at({ [ACTIVATION]: level })).colour)).not.toContain(undefined);
    expect(ACTIVATION_IDS.length, 'more than there are colours').toBeGreaterThan(PALETTE.length);
  });

  it('bug: are of their own for each of four optimizers (there were three strokes)', () => {
    const lookOf = looksBy([ACTIVATION, OPTIMIZER], GRID);
    const strokes = (GRID.get(OPTIMIZER) ?? []).map(
      (optimizer) => lookOf(at({ [ACTIVATION]: 'relu', [OPTIMIZER]: String(optimizer) })).stroke,
    );
    expect(new Set(strokes).size).toBe(4);
  });

  it('bug: hang on the levels of all runs, in whichever order they are told', () => {
    const values = at({ [ACTIVATION]: 'relu', [OPTIMIZER]: 'sgd' });
    const reversed = new Map([...GRID].map(([path, levels]) => [path, [...levels].reverse()]));
    expect(looksBy([ACTIVATION, OPTIMIZER], reversed)(values)).toEqual(looksBy([ACTIVATION, OPTIMIZER], GRID)(values));
  });

  it('of a table are those of a chart with the same factors', () => {
    const info = (field: string, values: readonly string[]): FieldInfo => ({
      field,
      kind: 'text',
      runs: 12,
      distinct: values.length,
      values,
    });
    const infos = [
      { ...info('id', []), distinct: 12 },
      ...[...GRID].map(([path, levels]) => info(path, levels.map(String))),
    ];
    const table = looksOfFields(factorsOf('spiral'), [ACTIVATION, OPTIMIZER], infos);
    const chart = looksBy([ACTIVATION, OPTIMIZER], table.levels);
    for (const optimizer of ['sgd', 'adam']) {
      const values = at({ [ACTIVATION]: 'tanh', [OPTIMIZER]: optimizer });
      expect(table.of(values)).toEqual(chart(values));
    }
    const alone = looksOfFields(
      factorsOf('spiral'),
      [],
      [{ ...info('id', []), distinct: 12 }, info(ACTIVATION, ['relu'])],
    );
    expect([alone.by, alone.of(at({ [ACTIVATION]: 'relu' })).colour]).toEqual([
      [ACTIVATION],
      looksBy([ACTIVATION], GRID)(at({ [ACTIVATION]: 'relu' })).colour,
    ]);
  });

  it('bug: of all runs as one group are the same in the curves as in the rest of a comparison', () => {
    const outline = {
      by: [],
      factors: [],
      fixed: { [ACTIVATION]: 'relu' },
      groups: [],
      ofStudy: [...factorsOf('spiral')],
    };
    const curves = groupLooks(
      { ...outline, runs: 2, live: 0, metrics: [], once: [] },
      new Map(),
      true,
      () => undefined,
    )([]);
    expect(curves).toEqual(looksBy([], new Map())(() => undefined));
    expect(curves.colour).not.toEqual(looksBy([ACTIVATION], GRID)(at({ [ACTIVATION]: 'relu' })).colour);
  });

  it('bug: of all runs are those of their line where they share the level (the swatch had another colour)', () => {
    const info = { field: 'config.model.activation', kind: 'text', runs: 2, distinct: 1, values: ['relu'] };
    const looks = looksOfFields(
      factorsOf('spiral'),
      [],
      [info as unknown as FieldInfo].map((item) => ({
        ...item,
        field: looksOfFields(factorsOf('spiral'), [], []).by[0] ?? '',
      })),
    );
    const all = looks.of(() => undefined);
    expect(all).toEqual(looks.of(() => 'relu'));
    const outline = {
      by: [],
      factors: [],
      fixed: {},
      groups: [],
      ofStudy: [...factorsOf('spiral')],
      runs: 2,
      live: 0,
      metrics: [],
      once: [],
    };
    expect(groupLooks(outline, looks.levels, false, () => undefined)([])).toEqual(all);
  });
});
