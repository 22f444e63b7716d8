import { compare, designOf, formatField, trainingStudy, varyingFactors } from '@whorl/core';
import type { Store } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { levelColours } from '../src/charts/colours.ts';
import { anyKeys } from '../src/contract/any-keys.ts';
import { startAt } from '../src/contract/cursor.ts';
import { widthOf } from '../src/features/runs-table/model/columns.ts';
import { answerTrpc } from '../src/server/http.ts';
import { ALONE, lookOnce, ownerOf, temporaryStore } from './record.ts';

/** What every object inherits, and one word more that superjson refuses. */
const WORDS = ['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__'];
const POINTS = { steps: Float64Array.of(0, 1), values: Float64Array.of(1, 2), times: Float64Array.of(0, 1) };

const keyed = <T>(value: T): Record<string, T> => Object.fromEntries(WORDS.map((word) => [word, value]));

/** Three runs: two that name things so, with another value each, and one that does not. */
async function runsOf(store: Store) {
  const { id: experimentId } = await store.experiments.ensure('words', 'spiral');
  const now = new Date();
  const run = (seed: number, value: string | null) => ({
    experimentId,
    name: `seed ${seed}`,
    config: { ...trainingStudy('spiral').defaults, seed },
    params: { seed, 'data.name': 'spiral', ...(value === null ? {} : keyed(value)) },
    status: 'finished' as const,
    engine: 'cpu',
    mode: 'eager',
    environment:
      value === null
        ? {}
        : { ...keyed(value), inner: JSON.parse(`{"__proto__": 1, "prototype": [{"constructor": 2}]}`) },
    command: '',
    tags: value === null ? {} : keyed(value),
    createdAt: now,
    startedAt: now,
    endedAt: now,
    durationMs: 1,
    metrics: { accuracy: POINTS, ...(value === null ? {} : keyed(POINTS)) },
  });
  const ids = await store.runs.insertMany([run(1, 'a'), run(2, 'b'), run(3, null), run(4, 'a'), run(5, 'b')]);
  return { experimentId, ids };
}

describe('words that every object has', () => {
  it('bug: are keys that cross the wire as they are, at any depth and among values that are no JSON', () => {
    const value = {
      ...keyed(Number.NaN),
      '~constructor': 1,
      '~': 2,
      list: [{ prototype: new Date(0) }, [{ constructor: undefined }]],
      plain: { a: [1, 'x', null] },
    };
    const own = JSON.parse('{"__proto__": {"constructor": 1}, "a": 1}');
    for (const one of [value, own, [value], null, 'constructor', { a: 1 }]) {
      const there = JSON.parse(JSON.stringify(anyKeys.serialize(one)));
      const back = anyKeys.deserialize(there);
      expect(back).toEqual(one);
      expect(Object.keys(Object(back))).toEqual(Object.keys(Object(one)));
    }
    expect(Object.hasOwn(anyKeys.deserialize(anyKeys.serialize(own)) as object, '__proto__')).toBe(true);
    expect(({} as { constructor: unknown }).constructor, 'and nothing reached the prototype').toBe(Object);
    expect(anyKeys.serialize({ a: 1 }), 'what has none of them travels as before').toEqual({ json: { a: 1 } });
  });

  it('bug: name tags, params, metrics and parts of an environment in every list, comparison and chart', async () => {
    const store = await temporaryStore();
    const { experimentId, ids } = await runsOf(store);
    const ask = async (path: string, input: unknown) => {
      const body = JSON.stringify(anyKeys.serialize(input));
      const request = new Request(`http://127.0.0.1/api/trpc/${path}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      const answer = await answerTrpc(request, '/api/trpc', ownerOf(store));
      const text = await answer.text();
      expect([path, answer.status], text).toEqual([path, 200]);
      return anyKeys.deserialize<never>(JSON.parse(text).result.data);
    };
    const target = { experimentId };
    const { items } = await ask('runs.list', target);
    const [plain] = (items as { id: string; tags: object }[]).filter(({ id }) => id === ids[2]);
    expect(plain?.tags).toEqual({});
    const first = await ask('runs.get', { runIds: [ids[0]] });
    expect(first).toMatchObject({ tags: keyed('a'), params: keyed('a'), environment: { ...keyed('a') } });
    expect(Object.keys((first as { tags: object }).tags).sort()).toEqual([...WORDS].sort());
    const fields = WORDS.flatMap((key) => [
      formatField({ kind: 'param', key }),
      formatField({ kind: 'tag', key }),
      formatField({ kind: 'environment', key }),
      formatField({ kind: 'metric', key, part: 'last' }),
    ]);
    expect(await ask('runs.table', { target, fields, sort: [{ field: fields[0], descending: true }] })).toMatchObject({
      total: 5,
    });
    expect(((await ask('runs.fields', { target })) as { field: string }[]).map(({ field }) => field)).toEqual(
      expect.arrayContaining(fields),
    );
    const overview = await ask('comparison.overview', { target });
    for (const path of WORDS) {
      const factor = (overview as { factors: { path: string; levels: unknown }[] }).factors.find(
        (one) => one.path === path,
      );
      // In the order in which they were run: two of the same millisecond may come either way.
      expect(new Set(factor?.levels as object[]), path).toEqual(
        new Set([
          { value: 'a', runs: 2 },
          { value: 'b', runs: 2 },
          { value: null, runs: 1 },
        ]),
      );
      const by = [path];
      const analysis = await ask('comparison.analyse', { target, metric: 'metrics.accuracy', by });
      expect(new Set((analysis as { levels: { values: object }[] }).levels.map(({ values }) => values))).toEqual(
        new Set([['a'], ['b'], [null]]),
      );
      const chart = await ask('curves.chart', { target, key: path, x: 'step', by, mean: true });
      expect((chart as { groups: { members: number }[] }).groups.map(({ members }) => members).sort()).toEqual([
        0, 2, 2,
      ]);
    }
    await ask('curves.outline', { target, by: WORDS });
    await ask('grouping.groups', { target, by: fields.slice(0, 4), metrics: [] });
    await ask('experiments.list', {});
    await ask('sparklines.list', { experimentIds: [experimentId] });
    const watch = { selection: { scope: { runIds: ids } }, keys: WORDS, frames: true, times: true, ...ALONE };
    const { event } = await lookOnce(store, watch, startAt(0));
    expect(anyKeys.deserialize(JSON.parse(JSON.stringify(anyKeys.serialize(event))))).toEqual(event);
    await ask('runs.setTags', { target: { runIds: [ids[2]] }, tags: keyed('mine') });
    expect((await store.runs.get(ids[2] as string)).tags).toEqual(keyed('mine'));
  });

  it.each(WORDS)(
    'bug: %s is a factor that some runs have and others do not, wherever pages and statistics look',
    (path) => {
      const run = (id: string, seed: number, params: Record<string, string>) => ({
        id,
        study: 's',
        seed,
        params: { seed, ...params },
      });
      const runs = [run('1', 1, { [path]: 'a' }), run('2', 2, { [path]: 'b' }), run('3', 3, {})];
      expect(varyingFactors(runs, [])).toEqual([path]);
      expect(designOf(runs, [path]).levels.map(({ values: [value] }) => value)).toEqual(['a', 'b', undefined]);
      expect([...levelColours(path, ['a', 'b', undefined]).keys()]).toEqual(['a', 'b', undefined]);
      expect(widthOf({ field: path, width: null } as never)).toBeGreaterThan(90);
      const observed = runs.map(({ params }, i) => ({ params, value: i }));
      expect(compare(observed, { metric: path, by: [path] }).levels).toHaveLength(3);
    },
  );
});
