import { type FieldInfo, factorsOf } from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { factorFields, summaryFactors, varyingFields } from '../src/contract/factor-fields.ts';
import { CURVES_VIEW } from '../src/features/curves/model/curves-view.ts';
import {
  type Column,
  changeColumn,
  formatColumn,
  moveColumn,
  orderColumns,
  parseColumn,
  placeColumn,
  toggleColumn,
} from '../src/features/runs-table/model/columns.ts';
import { defaultColumns } from '../src/features/runs-table/model/default-columns.ts';
import { everyPart } from '../src/features/runs-table/model/every-run.ts';
import { flatLayout, groupedLayout, stretches } from '../src/features/runs-table/model/layout.ts';
import { mainFields } from '../src/features/runs-table/model/main-fields.ts';
import { both, selectedRuns, valuesQuery } from '../src/features/runs-table/model/run-query.ts';
import {
  countOf,
  EVERYTHING,
  isSelected,
  NOTHING,
  readSelection,
  UNSAID,
  withRuns,
  writeSelection,
} from '../src/features/runs-table/model/selection.ts';
import { nextSort } from '../src/features/runs-table/model/sorting.ts';
import { TABLE_FIELDS } from '../src/features/runs-table/model/table-view.ts';
import { windowOffsets } from '../src/features/runs-table/model/windows.ts';
import { shiftOf } from '../src/features/runs-table/views/use-anchor.ts';
import { readView, writeView } from '../src/view/view-state.ts';

const columns = (...texts: string[]): Column[] => orderColumns(texts.map(parseColumn));
const texts = (list: readonly Column[]) => list.map(formatColumn);

describe('columns', () => {
  it('are written and read back, with pins, widths and odd names', () => {
    for (const text of ['!name@240', 'model.activation', 'metrics.accuracy.min@90', 'tags."a, ~b@20"', 'params."!x"']) {
      expect(formatColumn(parseColumn(text))).toBe(text);
    }
    expect(parseColumn('metrics.accuracy.last@9999')).toMatchObject({ field: 'metrics.accuracy', width: 800 });
  });

  it('keep pinned ones first, each once, and the name always', () => {
    expect(texts(columns('seed', '!status', 'seed', 'metrics.loss'))).toEqual([
      '!name',
      '!status',
      'seed',
      'metrics.loss',
    ]);
    expect(texts(toggleColumn(columns('!name', 'seed'), 'seed'))).toEqual(['!name']);
  });

  it('move by places within the pinned and within the others', () => {
    const all = columns('!name', '!status', 'seed', 'duration', 'metrics.loss');
    expect(texts(moveColumn(all, 'metrics.loss', -1))).toEqual([
      '!name',
      '!status',
      'seed',
      'metrics.loss',
      'duration',
    ]);
    expect(texts(moveColumn(all, 'seed', -1))).toEqual(texts(all));
    expect(texts(moveColumn(all, 'name', 1))).toEqual(['!status', '!name', 'seed', 'duration', 'metrics.loss']);
  });

  it('dropped on another take its place, and its pin', () => {
    const all = columns('!name', 'seed', 'duration', 'metrics.loss');
    expect(texts(placeColumn(all, 'seed', 'metrics.loss'))).toEqual(['!name', 'duration', 'metrics.loss', 'seed']);
    expect(texts(placeColumn(all, 'metrics.loss', 'seed'))).toEqual(['!name', 'metrics.loss', 'seed', 'duration']);
    expect(texts(placeColumn(all, 'duration', 'name'))).toEqual(['!duration', '!name', 'seed', 'metrics.loss']);
    expect(texts(changeColumn(all, 'duration', { pinned: true }))).toEqual([
      '!name',
      '!duration',
      'seed',
      'metrics.loss',
    ]);
  });
});

describe('sorting', () => {
  it('goes from lowest to highest to none, and adds to what is there', () => {
    const [one, two] = [
      { field: 'seed', descending: false },
      { field: 'seed', descending: true },
    ];
    expect(nextSort([], 'seed', false)).toEqual([one]);
    expect(nextSort([one], 'seed', false)).toEqual([two]);
    expect(nextSort([two], 'seed', false)).toEqual([]);
    expect(nextSort([one], 'name', true)).toEqual([one, { field: 'name', descending: false }]);
    expect(nextSort([one, { field: 'name', descending: false }], 'seed', true)[0]).toEqual(two);
  });
});

describe('a selection', () => {
  it('is of some runs, or of all but some', () => {
    const some = withRuns(NOTHING, ['a', 'b'], true);
    expect([countOf(some, 10), isSelected(some, 'a'), isSelected(some, 'c')]).toEqual([2, true, false]);
    const most = withRuns(EVERYTHING, ['a'], false);
    expect([countOf(most, 10), isSelected(most, 'a'), isSelected(most, 'c')]).toEqual([9, false, true]);
    expect(withRuns(most, ['a'], true)).toEqual(EVERYTHING);
    for (const selection of [NOTHING, EVERYTHING, some, most]) {
      for (const written of [
        { ...selection, set: null },
        { all: selection.all, ids: new Set<string>(), set: 'abc' },
      ])
        expect(readSelection(writeSelection(written))).toEqual(written);
    }
  });

  it('of all that match is a query, so that it is of all and not of those that are drawn', () => {
    const base = { experimentId: 'e', query: 'seed = 1 or seed = 2', archived: false };
    expect(selectedRuns(EVERYTHING, base)).toEqual(base);
    expect(selectedRuns(withRuns(EVERYTHING, ['a'], false), base)).toEqual({
      ...base,
      except: ['a'],
    });
    expect(selectedRuns(withRuns(NOTHING, ['a'], true), base)).toEqual({ runIds: ['a'] });
  });
});

describe('the query of a group', () => {
  it('says its values, the missing, the odd and the infinite ones too', () => {
    expect(
      valuesQuery(
        ['model.activation', 'optimizer.lr', 'tags."odd key"', 'metrics.loss', 'optimizer.momentum'],
        ['relu', 0.01, 'say "hi"', Number.NaN, null],
      ),
    ).toBe(
      'model.activation = "relu" and optimizer.lr = 0.01 and tags."odd key" = "say \\"hi\\"" and metrics.loss = nan and optimizer.momentum is null',
    );
    expect(both('', 'a = 1')).toBe('a = 1');
    expect(both('a = 1 or b = 2', 'c = 3')).toBe('(a = 1 or b = 2) and (c = 3)');
  });
});

describe('the layout of rows', () => {
  it('of open and closed groups finds each row from its position, and its position from each row', () => {
    const layout = groupedLayout([
      { runs: 3, open: false },
      { runs: 2, open: true },
      { runs: 0, open: true },
      { runs: 1, open: true },
    ]);
    const places = Array.from({ length: layout.count }, (_, row) => layout.at(row));
    expect(
      places.map((place) => (place.kind === 'group' ? `g${place.group}` : `${place.group}.${place.index}`)),
    ).toEqual(['g0', 'g1', '1.0', '1.1', 'g2', 'g3', '3.0']);
    for (const [row, place] of places.entries()) {
      if (place.kind === 'run') expect(layout.rowOf(place.group, place.index)).toBe(row);
    }
    expect(stretches(places)).toEqual([
      { group: 1, start: 0, end: 2 },
      { group: 3, start: 0, end: 1 },
    ]);
    expect(groupedLayout([]).count).toBe(0);
    expect(flatLayout(5).at(3)).toEqual({ kind: 'run', group: null, index: 3 });
  });

  it('reads what is in view, one window behind and two ahead, and nothing beyond the end', () => {
    expect(windowOffsets(450, 470, 10_000, 'down')).toEqual([300, 400, 500, 600]);
    expect(windowOffsets(450, 470, 10_000, 'up')).toEqual([200, 300, 400, 500]);
    expect(windowOffsets(0, 20, 24, 'down')).toEqual([0]);
    expect(windowOffsets(0, 20, 0, 'down')).toEqual([0]);
    expect(windowOffsets(190, 210, 230, 'down')).toEqual([0, 100, 200]);
  });

  it('keeps its place when rows came above it', () => {
    const idsBefore = ['a', 'b', 'c', 'd'];
    const idsNow = ['x', 'y', ...idsBefore];
    expect(shiftOf((row) => idsBefore[row], 'c', 2)).toBe(0);
    expect(shiftOf((row) => idsNow[row], 'c', 2)).toBe(2);
    expect(shiftOf((row) => idsBefore[row], 'c', 3)).toBe(-1);
    expect(shiftOf((row) => idsNow[row], 'gone', 2)).toBe(0);
  });
});

describe('the address of a view', () => {
  it('says all of it', () => {
    const view = {
      q: 'metrics.accuracy > 0.9 and name like "a,b%"',
      sort: [
        { field: 'metrics.loss', descending: true },
        { field: 'name', descending: false },
      ],
      cols: columns('!name@200', 'tags."a, b~c"', 'metrics.accuracy.max'),
      group: ['model.activation', 'seed'],
      archived: true,
      sel: { ...withRuns(EVERYTHING, ['abc'], false), set: null },
    };
    const search = writeView(TABLE_FIELDS, new URLSearchParams('other=1'), view);
    expect(readView(TABLE_FIELDS, new URLSearchParams(search.toString()))).toEqual({ view, bad: [] });
    expect(search.get('other')).toBe('1');
  });

  it('keeps the ends of a zoom apart, however far out they are (123456789.1 and .4 were the same)', () => {
    for (const range of [
      [123_456_789.1, 123_456_789.4],
      [0, 1e-6],
      [-0.5, 1e15],
      [3.2, 3.3],
    ] as const) {
      const search = writeView(CURVES_VIEW, new URLSearchParams(), { range });
      const read = readView(CURVES_VIEW, new URLSearchParams(search.toString()));
      expect(read.bad, search.toString()).toEqual([]);
      const width = range[1] - range[0];
      for (const end of [0, 1] as const)
        expect(Math.abs((read.view.range?.[end] ?? Number.NaN) - range[end])).toBeLessThan(width / 1000);
    }
    for (const range of ['0~5e-324', '-1e308~1e308', '2~1', '1~1', 'a~b', '1~2~3']) {
      const { view, bad } = readView(CURVES_VIEW, new URLSearchParams({ range }));
      expect([view.range, bad.length], range).toEqual([null, 1]);
    }
  });

  it('names what cannot be read, and shows the default in its place', () => {
    const search = new URLSearchParams({
      cols: 'name,<img onerror=1>',
      sort: '-metrics.',
      group: Array(20).fill('seed').join(),
      archived: 'yes',
      sel: '../x',
    });
    const { view, bad } = readView(TABLE_FIELDS, search);
    expect(bad.map(({ name }) => name).sort()).toEqual(['archived', 'cols', 'group', 'sel', 'sort']);
    expect(bad.every(({ expected }) => expected.length > 5)).toBe(true);
    expect(view).toEqual({ q: '', sort: [], cols: null, group: [], archived: false, sel: UNSAID });
    for (const sel of ['*,*', 'a,@b', '@b,a', '@', '@@a', Array.from({ length: 51 }, (_, i) => `a${i}`).join()])
      expect(readView(TABLE_FIELDS, new URLSearchParams({ sel })).bad, sel).toHaveLength(1);
  });
});

describe('what is shown first', () => {
  const info = (field: string, runs: number, distinct: number): FieldInfo => ({
    field,
    kind: 'text',
    runs,
    distinct,
    values: [],
  });
  const infos = [
    info('id', 60, 60),
    info('seed', 60, 3),
    info('epochs', 60, 1),
    info('optimizer.name', 60, 2),
    info('model.activation', 60, 10),
    info('optimizer.beta1', 30, 1),
    info('optimizer.lr', 60, 50),
    info('metrics.accuracy', 60, 60),
    info('metrics.loss', 60, 60),
  ];

  it('are the paths that vary, the factors of the study first', () => {
    expect(varyingFields(infos, factorsOf('activations')).map(({ field }) => field)).toEqual([
      'model.activation',
      'optimizer.beta1',
      'optimizer.lr',
      'optimizer.name',
    ]);
    expect(factorFields(infos, factorsOf('activations')).map(({ field }) => field)).not.toContain('optimizer.beta1');
    expect(texts(defaultColumns(infos, factorsOf('activations')))).toEqual([
      '!name',
      'metrics.accuracy',
      'metrics.loss',
      'model.activation',
      'optimizer.lr',
      'optimizer.name',
      'seed',
      'status',
      'duration',
    ]);
  });

  it('are the figures of the test set where it was measured, of the training set before those of the last batch', () => {
    const of = (...keys: string[]) => mainFields(keys.map((key) => info(`metrics.${key}`, 9, 9)));
    const old = ['accuracy', 'ece', 'loss'];
    expect(of(...old)).toEqual(['metrics.accuracy', 'metrics.loss']);
    expect(of(...old, 'trainAccuracy', 'trainLoss')).toEqual(['metrics.trainAccuracy', 'metrics.trainLoss']);
    expect(of(...old, 'trainAccuracy', 'testAccuracy', 'testLoss')).toEqual([
      'metrics.testAccuracy',
      'metrics.testLoss',
    ]);
  });

  it('sums up configurations of few levels alone: fifty learning rates make no short table', () => {
    expect(summaryFactors(infos, factorsOf('activations'))).toEqual(['model.activation', 'optimizer.name']);
    expect(summaryFactors([info('id', 5, 5), info('seed', 5, 5)], factorsOf('spiral'))).toEqual([]);
    // bug: of params that one run alone has, all were factors, and the page of the experiment failed
    const ofOne = Array.from({ length: 250 }, (_, i) => info(`p${i}`, 1, 1));
    expect(summaryFactors([info('id', 4, 4), ...ofOne], [])).toHaveLength(5);
  });
});

describe('an export of the runs', () => {
  const runs = (count: number) => Array.from({ length: count }, (_, i) => `run ${i}`);

  it('bug: has every run of more than 10,000', async () => {
    const all = runs(10_750);
    const parts = await everyPart(async (offset) => ({ total: all.length, ids: all.slice(offset, offset + 500) }));
    expect(parts.flatMap(({ ids }) => ids)).toEqual(all);
  });

  it('ends where runs are archived while it is read, or none match', async () => {
    const all = runs(300);
    const shrinking = await everyPart(async (offset) => ({ total: 900, ids: all.slice(offset, offset + 100) }));
    expect(shrinking.flatMap(({ ids }) => ids)).toEqual(all);
    expect(await everyPart(async () => ({ total: 0, ids: [] }))).toEqual([{ total: 0, ids: [] }]);
  });
});
