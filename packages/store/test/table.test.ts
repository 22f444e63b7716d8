import { type Expression, type Field, type FieldInfo, type Literal, parseField } from '@whorl/core';
import { parseQuery } from '@whorl/core/query';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRecord, RunToInsert, Store } from '../src/index.ts';
import { cellOf, compareRuns, holds } from './naive-query.ts';
import { config, temporaryStore } from './temporary.ts';

const columns = (values: readonly number[]) => ({
  steps: Float64Array.from(values, (_, i) => i),
  values: Float64Array.from(values),
  times: Float64Array.from(values, () => 0),
});

const recorded = (experimentId: string, part: Partial<RunToInsert>): RunToInsert => ({
  experimentId,
  name: 'a run',
  config: config(),
  params: {},
  status: 'finished',
  engine: 'cpu',
  mode: 'eager',
  environment: {},
  command: 'npx whorl run spiral',
  createdAt: new Date('2026-11-25T10:00:00Z'),
  startedAt: null,
  endedAt: null,
  durationMs: null,
  metrics: {},
  ...part,
});

/** An experiment of these runs; the ids in their order. */
async function recordOf(
  parts: readonly Partial<RunToInsert>[],
): Promise<{ store: Store; experimentId: string; ids: string[] }> {
  const store = await temporaryStore();
  const { id: experimentId } = await store.experiments.create('table', 'spiral');
  const ids = await store.runs.insertMany(parts.map((part) => recorded(experimentId, part)));
  return { store, experimentId, ids };
}

const NAN = Number.NaN;
const KEYS = ['prototype', 'a', 'a b', 'constructor', '"', "x'); DROP TABLE Run; --", '\u202e', '精度', 'a.min'];
const TEXTS = [
  '',
  'relu',
  'ReLU',
  'RELU',
  'true',
  'nan',
  'null',
  '5',
  '05',
  '1e3',
  '%',
  '_',
  '\\',
  'a%b',
  "'; DELETE FROM Run; --",
  '\u202ecod',
  '😀',
  '\uffee',
  'é',
  'É',
];
const NUMBERS = [0, -0, 1, 5, 1000, 0.1, 1e-3, -5, Infinity, -Infinity, 2 ** 53];

const key = fc.constantFrom(...KEYS);
/** What a query may ask for: the last is a key that nothing can have. */
const asked = fc.constantFrom(...KEYS, '__proto__');
const word = fc.constantFrom(...TEXTS);
const number = fc.constantFrom(...NUMBERS);
const point = fc.constantFrom(...NUMBERS, NAN);
const date = fc.constantFrom(
  ...['2026-11-24T23:59:59.999Z', '2026-11-25T00:00:00Z', '2026-11-25T10:00:00.500Z', '2026-11-26T00:00:00Z'].map(
    (moment) => new Date(moment),
  ),
);
const own = <T>(value: fc.Arbitrary<T>) => fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true });

const run = fc.record({
  name: word,
  params: own(fc.oneof(word, number, fc.boolean())),
  status: fc.constantFrom('finished' as const, 'failed' as const),
  error: fc.option(word, { nil: null }),
  environment: fc.record(
    {
      git: fc.option(fc.record({ commit: fc.oneof(word, fc.integer()), dirty: fc.option(fc.boolean()) })),
      threads: fc.constantFrom(1, 2, 0.5, null),
      list: fc.constant([1]),
    },
    { requiredKeys: [] },
  ),
  notes: word,
  tags: own(word),
  createdAt: date,
  startedAt: fc.option(date),
  durationMs: fc.option(fc.constantFrom(0, 5000, 100)),
  metrics: own(fc.array(point, { minLength: 1, maxLength: 3 }).map(columns)),
});

const field: fc.Arbitrary<Field> = fc.oneof(
  fc
    .constantFrom('id', 'name', 'status', 'error', 'notes', 'duration', 'created', 'started', 'ended', 'command')
    .map((name) => parseField(name)),
  asked.map((name): Field => ({ kind: 'param', key: name })),
  asked.map((name): Field => ({ kind: 'tag', key: name })),
  fc
    .tuple(asked, fc.constantFrom('last' as const, 'min' as const, 'max' as const))
    .map(([name, part]): Field => ({ kind: 'metric', key: name, part })),
  fc
    .constantFrom('git', 'git.commit', 'git.dirty', 'threads', 'list', 'nothing', 'git"', '')
    .map((name): Field => ({ kind: 'environment', key: name })),
);
const literal: fc.Arbitrary<Literal> = fc.oneof(
  point,
  word,
  fc.boolean(),
  fc.constantFrom('2026-11-25', '2026-11-25T10:00Z', '2026-11-25T10:00:00.5Z', '2026-02-30'),
);
const pattern = fc.oneof(
  word,
  fc.constantFrom('%', 're%', '%LU', 'r_lu', '\\%', 'a\\%b', '%\\', '😀', '_', '2026-11-25%', '%e%'),
);

const { expression } = fc.letrec<{ expression: Expression; atom: Expression }>((tie) => ({
  atom: field.chain((of) =>
    fc.oneof(
      fc.constant<Expression>({ kind: 'has', field: of }),
      fc
        .tuple(
          fc.constantFrom('=' as const, '!=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const),
          literal,
        )
        .map(([operator, value]): Expression => ({ kind: 'compare', field: of, operator, value })),
      fc
        .tuple(fc.array(literal, { minLength: 1, maxLength: 4 }), fc.boolean())
        .map(([values, negated]): Expression => ({ kind: 'in', field: of, values, negated })),
      fc
        .tuple(pattern, fc.boolean())
        .map(([text, negated]): Expression => ({ kind: 'like', field: of, pattern: text, negated })),
    ),
  ),
  expression: fc.oneof(
    { maxDepth: 3 },
    tie('atom'),
    tie('expression').map((term): Expression => ({ kind: 'not', term })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('expression'), { maxLength: 3 }))
      .map(([kind, terms]): Expression => ({ kind, terms })),
  ),
}));

const sort = fc.array(fc.record({ field, descending: fc.boolean() }), { maxLength: 3 });

describe('a table of runs', () => {
  it('has the runs, the order and the cells that a plain evaluation in memory has', async () => {
    const store = await temporaryStore();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(run, { minLength: 4, maxLength: 10 }),
        fc.array(fc.tuple(expression, sort, fc.array(field, { maxLength: 4 })), { minLength: 25, maxLength: 25 }),
        async (parts, questions) => {
          const { id } = await store.experiments.create(`round ${round++}`, 'spiral');
          const ids = await store.runs.insertMany(parts.map((part) => recorded(id, part)));
          const records = await store.runs.getMany(ids);
          for (const [where, order, fields] of questions) {
            const wanted = records.filter((record) => holds(record, where)).sort((a, b) => compareRuns(a, b, order));
            for (const scope of [{ experimentId: id }, { runIds: ids }]) {
              const table = store.runs.table({ scope, where, fields, sort: order });
              expect(table.ids).toEqual(wanted.map((record) => record.id));
              expect(table.total).toBe(wanted.length);
              expect(table.columns).toEqual(fields.map((of) => wanted.map((record) => cellOf(record, of))));
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  /** The names of the runs for which the query holds, in order. */
  const found = ({ store, experimentId }: { store: Store; experimentId: string }, query: string): string => {
    const fields = [parseField('name')];
    const {
      columns: [names],
    } = store.runs.table({
      scope: { experimentId },
      where: parseQuery(query),
      fields,
      sort: [{ field: parseField('name'), descending: false }],
    });
    return (names ?? []).join('');
  };

  it('compares numbers as numbers, texts as texts and dates as dates; what is missing makes every comparison false', async () => {
    const record = await recordOf([
      { name: 'a', params: { lr: 0.1, act: 'relu' }, metrics: { accuracy: columns([0.95]) }, tags: { round: '10' } },
      {
        name: 'b',
        params: { lr: 0.01, act: 'ReLU' },
        metrics: { accuracy: columns([0.5, NAN]) },
        tags: { round: '9' },
        createdAt: new Date('2026-11-26T00:00:00Z'),
      },
      { name: 'c', params: { lr: 1e-7, act: 'gelu' }, metrics: { accuracy: columns([Infinity]) }, durationMs: 1500 },
      {
        name: 'd',
        params: { lr: '0.1' },
        metrics: { loss: columns([1]) },
        environment: { git: { dirty: true, commit: 'abc' } },
      },
    ]);
    const answers: Record<string, string> = {
      'lr = 0.1': 'a',
      'lr = 1e-1': 'a',
      'lr = "0.1"': 'ad',
      'lr < 0.05': 'bc',
      'lr != 0.1': 'bcd',
      'act = "relu"': 'a',
      'act like "RE%"': 'ab',
      'act not like "re%"': 'c',
      'act != "relu"': 'bc',
      'not act = "relu"': 'bcd',
      'act not in ("relu", "gelu")': 'b',
      'not act in ("relu", "gelu")': 'bd',
      'act > "gelu"': 'a',
      'metrics.accuracy > 0.9': 'ac',
      'not metrics.accuracy > 0.9': 'bd',
      'metrics.accuracy = nan': 'b',
      'metrics.accuracy != nan': 'ac',
      'metrics.accuracy in (nan, inf)': 'bc',
      'metrics.accuracy = inf': 'c',
      'metrics.accuracy.min = 0.5': 'b',
      'metrics.accuracy': 'abc',
      'metrics.accuracy is null': 'd',
      'metrics.accuracy is not null': 'abc',
      'tags.round > 9': 'a',
      'tags.round = 9': 'b',
      'tags.round = "9"': 'b',
      'environment.git.dirty = true': 'd',
      'environment.git.dirty = 1': '',
      'environment.git.commit = "abc"': 'd',
      'duration > 1': 'c',
      'duration is null': 'abd',
      'created > "2026-11-25"': 'b',
      'created = "2026-11-25"': 'acd',
      'created <= "2026-11-25T10:00:00Z"': 'acd',
      'created >= "2026-11-26T08:00:00+08:00"': 'b',
      'metrics.accuracy > 0.9 and act in ("relu", "gelu") and not tags.round': 'c',
    };
    expect(Object.fromEntries(Object.keys(answers).map((query) => [query, found(record, query)]))).toEqual(answers);
  });

  it('takes SQL, quotes, marks and 1 MB for what they are: texts', async () => {
    const large = 'x'.repeat(1_000_000);
    const sql = `"'); DROP TABLE Run; --`;
    const record = await recordOf([
      { name: 'a', tags: { constructor: '1' }, params: { [sql]: sql } },
      { name: 'b', notes: large, params: { [large]: 1, '\u202e': '\u202ex\u0000y' } },
    ]);
    const tag: Field = { kind: 'tag', key: 'constructor' };
    const param = (name: string): Field => ({ kind: 'param', key: name });
    const ask = (where: Expression) =>
      record.store.runs.table({
        scope: { experimentId: record.experimentId },
        where,
        fields: [param(sql), tag, param('\u202e')],
      });
    expect(ask({ kind: 'has', field: tag }).columns).toEqual([[sql], ['1'], [null]]);
    expect(ask({ kind: 'compare', field: param(sql), operator: '=', value: sql }).total).toBe(1);
    expect(ask({ kind: 'has', field: param(large) }).columns).toEqual([[null], [null], ['\u202ex\u0000y']]);
    expect(ask({ kind: 'like', field: parseField('notes'), pattern: '%x', negated: false }).total).toBe(1);
    expect(ask({ kind: 'has', field: { kind: 'environment', key: '"\') --' } }).total).toBe(0);
    expect(record.store.check()).toBeNull();
    expect(
      record.store.runs.fields({ scope: { experimentId: record.experimentId } }).map(({ field: of }) => of),
    ).toContain(`params.${JSON.stringify(sql)}`);
  });

  it('takes a query of a thousand conditions, and one of a hundred metrics', async () => {
    const record = await recordOf([{ name: 'a', params: { x: 3 } }]);
    expect(found(record, `x = 1${' or x = 2'.repeat(900)} or x = 3`)).toBe('a');
    expect(found(record, Array.from({ length: 100 }, (_, i) => `not metrics.m${i} > 1`).join(' and '))).toBe('a');
    expect(found(record, Array.from({ length: 100 }, (_, i) => `x != ${i + 10}`).join(' and '))).toBe('a');
    expect(found(record, `x in (${Array.from({ length: 3_000 }, (_, i) => i % 10).join(',')})`)).toBe('a');
    expect(found(record, `${'not ('.repeat(50)}x = 3${')'.repeat(50)}`)).toBe('a');
  });

  it('is read page by page, also while it changes', async () => {
    const { store, experimentId, ids } = await recordOf(
      Array.from({ length: 7 }, (_, i) => ({ name: `run ${i}`, createdAt: new Date(i) })),
    );
    const scope = { experimentId };
    const page = (offset: number) => store.runs.table({ scope, fields: [], offset, limit: 3 });
    expect([page(0), page(3), page(6)].flatMap((part) => part.ids)).toEqual([...ids].reverse());
    expect(page(9)).toEqual({ total: 7, ids: [], columns: [] });
    await store.runs.archive([ids[6] as string]);
    expect(page(0)).toMatchObject({ total: 6, ids: [ids[5], ids[4], ids[3]] });
    const other = new Database(store.databaseFile); // another process
    other.prepare('DELETE FROM Run WHERE id = ?').run(ids[5]);
    other.close();
    expect(page(0)).toMatchObject({ total: 5, ids: [ids[4], ids[3], ids[2]] });
    expect(store.runs.ids({ scope, where: parseQuery('name = "run 2"') })).toEqual([ids[2]]);
  });

  it('shows archived runs only where they are asked for, or named', async () => {
    const { store, experimentId, ids } = await recordOf([{ name: 'a' }, { name: 'b' }]);
    const [kept = '', gone = ''] = ids;
    await store.runs.archive([gone]);
    const count = (scope: { experimentId: string } | { runIds: string[] }, archived?: boolean) =>
      store.runs.ids({ scope, archived });
    expect(count({ experimentId })).toEqual([kept]);
    expect(count({ experimentId }, true)).toEqual([gone]);
    expect(count({ runIds: ids }).sort()).toEqual([...ids].sort());
    expect(count({ runIds: ids }, false)).toEqual([kept]);
    expect((await store.runs.list(experimentId)).items.map(({ id }) => id)).toEqual([kept]);
    expect((await store.experiments.get(experimentId)).runs).toBe(1);
    await store.runs.restore([gone]);
    expect(count({ experimentId })).toHaveLength(2);
  });
});

describe('the fields of an experiment', () => {
  it('say what the runs have, how many have it, and the most frequent values', async () => {
    const { store, experimentId } = await recordOf([
      {
        params: { act: 'relu', lr: 0.1, flag: true },
        metrics: { loss: columns([1, NAN]) },
        tags: { 'a b': 'x' },
        environment: { git: { commit: 'abc' }, host: 'box' },
        durationMs: 1000,
      },
      {
        params: { act: 'relu', lr: 0.2 },
        metrics: { loss: columns([3]) },
        environment: { git: { commit: 'abc' }, threads: 2, 'odd.key': 1, nothing: null },
      },
      { params: { act: 'gelu', lr: 'auto' }, status: 'failed' },
    ]);
    const { id: other } = await store.experiments.create('other', 'spiral');
    await store.runs.insertMany([recorded(other, { params: { elsewhere: 1 } })]);
    const fields = new Map(store.runs.fields({ scope: { experimentId } }).map((info) => [info.field, info]));
    const expected: FieldInfo[] = [
      { field: 'status', kind: 'text', runs: 3, distinct: 2, values: ['finished', 'failed'] },
      { field: 'duration', kind: 'number', runs: 1, distinct: 1, values: [1], min: 1, max: 1 },
      { field: 'act', kind: 'text', runs: 3, distinct: 2, values: ['relu', 'gelu'] },
      { field: 'flag', kind: 'text', runs: 1, distinct: 1, values: ['true'] },
      { field: 'lr', kind: 'mixed', runs: 3, distinct: 3, values: ['auto', 0.1, 0.2], min: 0.1, max: 0.2 },
      { field: 'metrics.loss', kind: 'number', runs: 2, distinct: 2, values: [NAN, 3], min: 3, max: 3 },
      { field: 'tags."a b"', kind: 'text', runs: 1, distinct: 1, values: ['x'] },
      { field: 'environment.git.commit', kind: 'text', runs: 2, distinct: 1, values: ['abc'] },
      { field: 'environment.host', kind: 'text', runs: 1, distinct: 1, values: ['box'] },
      { field: 'environment.threads', kind: 'number', runs: 1, distinct: 1, values: [2], min: 2, max: 2 },
    ];
    for (const info of expected) expect(fields.get(info.field), info.field).toEqual(info);
    for (const name of ['elsewhere', 'error', 'notes', 'environment.nothing'])
      expect(fields.has(name), name).toBe(false);
    expect([...fields.keys()].every((name) => parseField(name))).toBe(true);
  });

  it('are counted anew after a change, by whomever', async () => {
    const { store, experimentId, ids } = await recordOf([{}]);
    const names = () => store.runs.fields({ scope: { experimentId } }).map(({ field: of }) => of);
    expect(names()).not.toContain('tags.broken');
    await store.runs.setTags(ids, { broken: 'yes' });
    expect(names()).toContain('tags.broken');
    const other = new Database(store.databaseFile);
    other.prepare('DELETE FROM Tag').run();
    other.close();
    expect(names()).not.toContain('tags.broken');
  });

  it('have no values where there are more than 200, and are counted no further', async () => {
    const { store, experimentId } = await recordOf(
      Array.from({ length: 230 }, (_, i) => ({
        params: { many: i, few: i % 30, just: i % 200 },
        metrics: { loss: columns([i]), rare: columns([i % 2 === 0 ? NAN : 1]) },
        environment: { port: i },
        durationMs: i,
      })),
    );
    const fields = new Map(store.runs.fields({ scope: { experimentId } }).map((info) => [info.field, info]));
    expect(fields.get('many')).toMatchObject({ runs: 230, distinct: 201, values: [], min: 0, max: 229 });
    expect(fields.get('few')).toMatchObject({ runs: 230, distinct: 30 });
    expect(fields.get('few')?.values).toHaveLength(20);
    expect(fields.get('just')).toMatchObject({ distinct: 200, min: 0, max: 199 });
    expect(fields.get('metrics.loss')).toMatchObject({ runs: 230, distinct: 201, values: [], min: 0, max: 229 });
    expect(fields.get('metrics.rare')).toMatchObject({ kind: 'number', distinct: 2, values: [NAN, 1], min: 1, max: 1 });
    expect(fields.get('environment.port')).toMatchObject({ distinct: 201, values: [], min: 0, max: 229 });
    expect(fields.get('duration')).toMatchObject({ distinct: 201, values: [], max: 0.229 });
    expect(fields.get('name')).toMatchObject({ kind: 'text', runs: 230, distinct: 1 });
    expect(fields.get('id')).toMatchObject({ kind: 'text', runs: 230, distinct: 201 });
  });

  it('of configs follow the runs that there are, which only come, go and return', async () => {
    const { store, experimentId, ids } = await recordOf([{ params: { lr: 1 } }, { params: { lr: 2, beta: 3 } }]);
    const params = (archived = false) =>
      store.runs
        .fields({ scope: { experimentId }, archived })
        .flatMap(({ field, values }) => (field === 'lr' || field === 'beta' ? [[field, ...values]] : []));
    const both = [
      ['beta', 3],
      ['lr', 1, 2],
    ];
    expect(params()).toEqual(both);
    await store.runs.setTags(ids, { seen: 'yes' }); // the record changes, the configs do not
    expect(params()).toEqual(both);
    await store.runs.archive([ids[1] ?? '']);
    expect(params()).toEqual([['lr', 1]]);
    expect(params(true)).toEqual([
      ['beta', 3],
      ['lr', 2],
    ]);
    const [newest = ''] = await store.runs.insertMany([recorded(experimentId, { params: { lr: 5 } })]);
    expect(params()).toEqual([['lr', 1, 5]]);
    await store.runs.restore([ids[1] ?? '']);
    // One has come and another has gone: as many as before, and not the same.
    await store.runs.archive([newest]);
    expect(params()).toEqual(both);
  });
});

describe('answers', () => {
  it('are kept until the record changes, by whomever', async () => {
    const { store, ids } = await recordOf([{}]);
    let found = 0;
    const ask = (question = 'a') => store.kept(question, () => ++found);
    expect([ask(), ask(), ask('b'), ask()]).toEqual([1, 1, 2, 1]);
    await store.runs.rename(ids[0] ?? '', 'another name');
    expect([ask(), ask()]).toEqual([3, 3]);
    const other = new Database(store.databaseFile);
    other.prepare("UPDATE Run SET notes = 'seen'").run();
    other.close();
    expect([ask(), ask()]).toEqual([4, 4]);
  });

  it('that fail are asked for again, and those of long ago are given up', async () => {
    const { store } = await recordOf([{}]);
    const fail = () => {
      throw new Error('not now');
    };
    expect(() => store.kept('a', fail)).toThrow('not now');
    expect(store.kept('a', () => undefined)).toBeUndefined();
    expect(store.kept('a', fail)).toBeUndefined(); // that nothing was found is an answer, too
    for (let i = 0; i < 40; i++) store.kept(`other ${i}`, () => i);
    expect(store.kept('a', () => 'anew')).toBe('anew');
  });
});

describe('edits', () => {
  const read = (store: Store, id: string): Promise<RunRecord> => store.runs.get(id);

  it('rename, note and tag runs', async () => {
    const { store, ids } = await recordOf([{ tags: { kept: 'a', gone: 'b' } }, {}]);
    const [first = '', second = ''] = ids;
    await store.runs.rename(first, '<img onerror=alert(1)>');
    await store.runs.setNotes(first, '# why');
    await store.runs.setTags(ids, { gone: null, round: '10', 'a b': '' });
    expect(await read(store, first)).toMatchObject({
      name: '<img onerror=alert(1)>',
      notes: '# why',
      archivedAt: null,
    });
    expect((await read(store, first)).tags).toEqual({ kept: 'a', round: '10', 'a b': '' });
    expect((await read(store, second)).tags).toEqual({ round: '10', 'a b': '' });
  });

  it('change nothing where one of the runs is not there or a text is too long', async () => {
    const { store, ids } = await recordOf([{}]);
    const [id = ''] = ids;
    const both = [id, 'nope'];
    for (const work of [
      () => store.runs.setTags(both, { a: 'b' }),
      () => store.runs.archive(both),
      () => store.runs.rename('nope', 'x'),
    ]) {
      await expect(work()).rejects.toMatchObject({
        code: 'not-found',
        message: expect.stringContaining('no run "nope"'),
      });
    }
    for (const work of [
      () => store.runs.setTags([id], { ok: 'x', [`${'k'.repeat(201)}`]: 'v' }),
      () => store.runs.setTags([id], { '': 'v' }),
      () => store.runs.rename(id, '  '),
      () => store.runs.rename(id, 'x'.repeat(1_000_000)),
      () => store.runs.setNotes(id, 'x'.repeat(1_000_000)),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: 'bad-input' });
    }
    expect(await read(store, id)).toMatchObject({ tags: {}, name: 'a run', notes: '', archivedAt: null });
  });

  it('leave nothing half written where one of many runs cannot be inserted', async () => {
    const { store, experimentId } = await recordOf([]);
    await expect(store.runs.insertMany([recorded(experimentId, {}), recorded('nope', {})])).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(store.runs.ids({ scope: { experimentId } })).toEqual([]);
  });
});

describe('search', () => {
  const NAMES = ['ÉTUDES', 'e\u0301tudes 2', 'ＲｅＬＵ', '100％', '100x', 'ΣΑΣ', 'Straße', 'Мир'];

  it.each([
    ['études%', ['ÉTUDES', 'e\u0301tudes 2']],
    ['E\u0301TUDES%', ['ÉTUDES', 'e\u0301tudes 2']],
    ['_tudes', ['ÉTUDES']],
    ['relu', ['ＲｅＬＵ']],
    ['ｒｅｌｕ', ['ＲｅＬＵ']],
    ['100\\%', ['100％']],
    ['100％', ['100％']], // a full-width sign is no joker
    ['100%', ['100x', '100％']],
    ['σας', ['ΣΑΣ']],
    ['STRASSE', ['Straße']],
    ['мИР', ['Мир']],
    ['etudes%', []],
  ])('like %j is deaf to capitals of every script, width, and how an accent is written', async (pattern, found) => {
    const { store, experimentId } = await recordOf(NAMES.map((name) => ({ name })));
    const ids = store.runs.ids({
      scope: { experimentId },
      where: { kind: 'like', field: parseField('name'), pattern, negated: false },
    });
    expect((await store.runs.getMany(ids)).map(({ name }) => name).sort()).toEqual([...found].sort());
  });

  it('of experiments is as deaf', async () => {
    const store = await temporaryStore();
    for (const name of NAMES) await store.experiments.create(name, 'spiral');
    const names = async (text: string) => (await store.experiments.list({ text })).items.map(({ name }) => name).sort();
    expect(await names('études')).toEqual(['ÉTUDES', 'e\u0301tudes 2'].sort());
    expect(await names('relu')).toEqual(['ＲｅＬＵ']);
    expect(await names('%')).toEqual(['100％']);
    expect(await names('СПИР')).toEqual([]);
    expect(await names('мир')).toEqual(['Мир']);
  });
});

describe('texts with numbers', () => {
  it('sort by the size of these: run 1, 2, 10, 11, and in reverse', async () => {
    const names = [
      'run 10',
      'run 2',
      'run 1',
      'run 11',
      'run 1.10',
      'run 1.9',
      'Run 3',
      'run 123456789012',
      'run 99999999999',
    ];
    const { store, experimentId } = await recordOf(
      names.map((name) => ({ name, tags: { round: name }, params: { label: name } })),
    );
    const sorted = [
      'Run 3',
      'run 1',
      'run 1.9',
      'run 1.10',
      'run 2',
      'run 10',
      'run 11',
      'run 99999999999',
      'run 123456789012',
    ];
    for (const field of ['name', 'tags.round', 'params.label']) {
      for (const descending of [false, true]) {
        const { columns } = store.runs.table({
          scope: { experimentId },
          fields: [parseField('name')],
          sort: [{ field: parseField(field), descending }],
        });
        expect(columns, field).toEqual([descending ? sorted.toReversed() : sorted]);
      }
    }
  });
});

describe('experiments', () => {
  it('are made, renamed, noted, found, archived and restored', async () => {
    const store = await temporaryStore();
    const { id } = await store.experiments.create('100% ReLU', 'spiral');
    await store.experiments.create('other', 'softmax');
    await expect(store.experiments.create('other', 'spiral')).rejects.toMatchObject({ code: 'conflict' });
    await expect(store.experiments.rename(id, 'other')).rejects.toMatchObject({ code: 'conflict' });
    await expect(store.experiments.rename('nope', 'x')).rejects.toMatchObject({ code: 'not-found' });
    await expect(store.experiments.create(' ', 'spiral')).rejects.toMatchObject({ code: 'bad-input' });
    const { updatedAt } = await store.experiments.get(id);
    await store.experiments.setNotes(id, 'a note about *whorls*');
    expect(await store.experiments.get(id)).toMatchObject({ notes: 'a note about *whorls*', updatedAt });
    const names = async (query: Parameters<Store['experiments']['list']>[0]) =>
      (await store.experiments.list(query)).items.map(({ name }) => name);
    expect(await names({ text: '0% relu' })).toEqual(['100% ReLU']);
    expect(await names({ text: '%' })).toEqual(['100% ReLU']);
    expect(await names({ text: 'SOFTMAX' })).toEqual(['other']);
    expect(await names({ text: 'whorls' })).toEqual(['100% ReLU']);
    await store.experiments.archive(id);
    expect([await names({}), await names({ archived: true })]).toEqual([['other'], ['100% ReLU']]);
    await store.experiments.restore(id);
    expect(await names({})).toHaveLength(2);
  });
});

describe('layers and metrics', () => {
  it('come as 1, 2, 10, 11 in summaries, fields, params, artifacts and views', async () => {
    const layers = ['gradientNorm.10', 'gradientNorm.2', 'gradientNorm.1', 'gradientNorm.11'];
    const sorted = ['gradientNorm.1', 'gradientNorm.2', 'gradientNorm.10', 'gradientNorm.11'];
    const of = <T>(value: T) => Object.fromEntries(layers.map((layer) => [layer, value]));
    const { store, experimentId, ids } = await recordOf([
      { metrics: of(columns([1])), params: of(1), tags: of('x'), environment: { layers: of(1) } },
    ]);
    const [id = ''] = ids;
    const run = await store.runs.get(id);
    expect(run.metrics.map(({ key }) => key)).toEqual(sorted);
    expect(store.metrics.series(id).map(({ key }) => key)).toEqual(sorted);
    expect(Object.keys(run.params)).toEqual(sorted);
    const fields = store.runs.fields({ scope: { experimentId } }).map(({ field }) => field);
    for (const kind of ['metrics.', 'tags.']) {
      const found = fields.filter((field) => field.startsWith(`${kind}gradientNorm`));
      expect(found).toEqual(sorted.map((layer) => `${kind}${layer}`));
    }
    for (const name of layers) {
      await store.artifacts.put(id, { name, step: 0, mediaType: 'text/plain', data: Buffer.from(name) });
      await store.views.save({ experimentId, name, state: '' });
    }
    expect((await store.artifacts.list(id)).map(({ name }) => name)).toEqual(sorted);
    expect((await store.views.list(experimentId)).map(({ name }) => name)).toEqual(sorted);
  });
});

describe('an archived experiment', () => {
  const listed = async (store: Store) => (await store.experiments.list({})).items.map(({ name }) => name);

  it('is in the list again once a run starts in it, and stays away where only an old run ends', async () => {
    const { store, experimentId } = await recordOf([]);
    const start = () =>
      store.runs.start({
        experimentId,
        name: 'run',
        config: config(),
        engine: 'cpu',
        mode: 'eager',
        environment: {},
        command: '',
      });
    const { id } = await start();
    await store.experiments.archive(experimentId);
    await store.runs.end(id, 'finished', { durationMs: 1 });
    expect(await listed(store)).toEqual([]);
    await start();
    expect(await listed(store)).toEqual(['table']);
  });

  it('is in the list again where runs that were recorded elsewhere are put into it', async () => {
    const { store, experimentId } = await recordOf([]);
    await store.experiments.archive(experimentId);
    await store.runs.insertMany([recorded(experimentId, {})]);
    expect(await listed(store)).toEqual(['table']);
  });
});

describe('saved views and sets of runs', () => {
  it('are kept; a view of the same name is replaced', async () => {
    const { store, experimentId } = await recordOf([]);
    const first = await store.views.save({ experimentId, name: 'best', state: 'query=a' });
    const again = await store.views.save({ experimentId, name: 'best', state: 'query=b' });
    expect(again).toMatchObject({ id: first.id, state: 'query=b' });
    expect(await store.views.list(experimentId)).toMatchObject([{ name: 'best', state: 'query=b' }]);
    await expect(store.views.save({ experimentId: 'nope', name: 'x', state: '' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(store.views.save({ experimentId, name: '', state: '' })).rejects.toMatchObject({ code: 'bad-input' });
    await store.views.remove(first.id);
    await expect(store.views.remove(first.id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await store.views.list(experimentId)).toEqual([]);
  });

  it('have the id that their runs give', async () => {
    const store = await temporaryStore();
    const ids = Array.from({ length: 5_000 }, (_, i) => `run${i}`);
    const id = await store.runSets.put(ids);
    expect(await store.runSets.put([...ids, 'run0'])).toBe(id);
    expect(await store.runSets.find(id)).toEqual(ids);
    expect(await store.runSets.find('nope')).toBeNull();
    expect(id).toMatch(/^[0-9a-z]{32}$/);
    await expect(store.runSets.put([])).rejects.toMatchObject({ code: 'bad-input' });
  });
});
