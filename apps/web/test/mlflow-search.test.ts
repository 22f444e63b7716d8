import { Rng } from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { type MlflowClient, mlflowClient } from './mlflow.ts';

// MLflow's filters and orders, against what they say of runs in memory.

const rng = Rng.of(5);
const pick = <T>(of: readonly T[]): T => of[Math.floor(rng.uniform(0, of.length))] as T;

interface Known {
  readonly id: string;
  readonly name: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

async function someRuns(client: MlflowClient, count: number): Promise<Known[]> {
  const known: Known[] = [];
  for (let i = 0; i < count; i++) {
    const some = <T>(of: Readonly<Record<string, T>>) =>
      Object.fromEntries(Object.entries(of).filter(() => rng.uniform() < 0.7));
    const metrics = some({ loss: pick([0, 1, 2, -1.5, Number.NaN, Infinity]), 'a b': Math.round(rng.uniform(0, 3)) });
    const params = some({ lr: pick(['0.1', '0.01', '10', '9']), 'opt/x': pick(['adam', 'Adam', 'sgd', 'a%b']) });
    const tags = some({ team: pick(['red', 'RED', 'blue_1', 'blueX1']), 队: pick(['一', '二']) });
    const name = `r${i % 7}`;
    const id = await client.run({ run_name: name, start_time: 1_000 * (i % 5) });
    await client.post('/runs/log-batch', {
      run_id: id,
      metrics: Object.entries(metrics).map(([key, value]) => ({
        key,
        value: Number.isFinite(value) ? value : String(value),
        timestamp: 1,
        step: 0,
      })),
      params: Object.entries(params).map(([key, value]) => ({ key, value })),
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    });
    known.push({ id, name, metrics, params, tags });
  }
  return known;
}

const idsOf = (answer: { body: { runs: { info: { run_id: string } }[] } }) =>
  answer.body.runs.map(({ info }) => info.run_id);

/** The pattern as a regular expression, as plainly as can be. */
const like = (pattern: string, flags = '') =>
  new RegExp(
    `^${[...pattern].map((sign) => (sign === '%' ? '.*' : sign === '_' ? '.' : sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('')}$`,
    `s${flags}`,
  );

type Says = readonly [filter: string, holds: (run: Known) => boolean];
const SAID: readonly Says[] = [
  ['metrics.loss > 0.5', ({ metrics }) => (metrics.loss ?? Number.NaN) > 0.5],
  ['metrics.loss != 1', ({ metrics }) => 'loss' in metrics && metrics.loss !== 1],
  ['metric.loss <= -1.5', ({ metrics }) => (metrics.loss ?? Number.NaN) <= -1.5],
  ['metrics.loss = inf', ({ metrics }) => metrics.loss === Infinity],
  ['metrics."a b" = 2', ({ metrics }) => metrics['a b'] === 2],
  ['metrics.`a b` < 2', ({ metrics }) => (metrics['a b'] ?? Number.NaN) < 2],
  ["params.lr = '0.1'", ({ params }) => params.lr === '0.1'],
  ["parameter.lr != '0.1'", ({ params }) => 'lr' in params && params.lr !== '0.1'],
  ["params.`opt/x` LIKE 'a%'", ({ params }) => like('a%').test(params['opt/x'] ?? '')],
  ['params."opt/x" ilike \'A%\'', ({ params }) => like('A%', 'i').test(params['opt/x'] ?? '')],
  ["params.`opt/x` LIKE 'a%b'", ({ params }) => like('a%b').test(params['opt/x'] ?? '')],
  ["tags.team LIKE 'blue_1'", ({ tags }) => like('blue_1').test(tags.team ?? '')],
  ['tag.team IS NULL', ({ tags }) => !('team' in tags)],
  ['tags.`队` IS NOT NULL', ({ tags }) => '队' in tags],
  ["tags.队 = '一'", ({ tags }) => tags.队 === '一'],
  ['params.lr is not null', ({ params }) => 'lr' in params],
  ["attributes.run_name = 'r3'", ({ name }) => name === 'r3'],
  ["tags.`mlflow.runName` != 'r3'", ({ name }) => name !== 'r3'],
  ["run_name LIKE 'r%'", () => true],
  ["attr.status IN ('RUNNING')", () => true],
];

describe('a search of runs', () => {
  it('finds what its filter says, however it is put together', async () => {
    const client = await mlflowClient();
    const known = await someRuns(client, 60);
    const ask = async (filter: string, order_by: readonly string[]) => {
      const asked = { experiment_ids: ['0'], filter, order_by, max_results: 1000 };
      const answer = await client.post('/runs/search', asked);
      expect(answer.status, `${filter}: ${JSON.stringify(answer.body).slice(0, 200)}`).toBe(200);
      return idsOf(answer).sort();
    };
    /** Whatever it is ordered by: the metrics of an order are read once for it and for the filter. */
    const find = async (filter: string) => {
      const found = await ask(filter, []);
      expect(await ask(filter, ['metrics.loss DESC', 'metrics."a b"']), filter).toEqual(found);
      return found;
    };
    const expected = (holds: (run: Known) => boolean) =>
      known
        .filter(holds)
        .map(({ id }) => id)
        .sort();
    const usable = SAID.filter(([filter]) => !filter.includes(' IN ('));
    for (const [filter, holds] of usable) expect(await find(filter), filter).toEqual(expected(holds));
    const compose = (depth: number): Says => {
      const [one, other] = [depth === 0 ? pick(usable) : compose(depth - 1), pick(usable)];
      const kind = pick(['AND', 'or', 'not']);
      if (kind === 'not') return [`NOT (${one[0]})`, (run) => !one[1](run)];
      if (kind === 'or') return [`(${one[0]}) or ${other[0]}`, (run) => one[1](run) || other[1](run)];
      return [`(${one[0]}) AND ${other[0]}`, (run) => one[1](run) && other[1](run)];
    };
    for (let i = 0; i < 60; i++) {
      const [filter, holds] = compose(Math.floor(rng.uniform(0, 4)));
      expect(await find(filter), filter).toEqual(expected(holds));
    }
    expect(await find(`attribute.run_id IN ('${known[3]?.id}', 'x')`)).toEqual([known[3]?.id]);
    expect(await find('attributes.start_time >= 4000')).toEqual(
      known
        .filter((_, i) => i % 5 === 4)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('has every run once in its parts, in order, whatever is ordered by and whatever comes meanwhile', async () => {
    const client = await mlflowClient();
    const known = await someRuns(client, 40);
    for (const order_by of [
      [],
      ['metrics.loss DESC'],
      ['metrics.loss', 'params.lr DESC'],
      ['tags.`team` ASC', 'attributes.start_time'],
      ['run_id DESC'],
    ]) {
      const whole = idsOf(await client.post('/runs/search', { experiment_ids: ['0'], order_by, max_results: 1000 }));
      const seen: string[] = [];
      let page_token: string | undefined;
      do {
        const { body } = await client.post('/runs/search', {
          experiment_ids: ['0'],
          order_by,
          max_results: 7,
          page_token,
        });
        seen.push(...idsOf({ body }));
        page_token = body.next_page_token;
        if (order_by.length === 0) await client.run({ start_time: 9_000_000 });
      } while (page_token);
      expect(seen, order_by.join()).toEqual(whole);
      expect(new Set(seen).size).toBeGreaterThanOrEqual(known.length);
    }
    const values = (
      await client.post('/runs/search', { experiment_ids: ['0'], order_by: ['metrics.loss DESC'], max_results: 1000 })
    ).body.runs.map(
      ({ data }: { data: { metrics: { key: string; value: unknown }[] } }) =>
        data.metrics.find(({ key }) => key === 'loss')?.value,
    );
    const ranks = values.map((value: unknown) => (value === undefined ? 2 : value === 'NaN' ? 1 : 0));
    expect(ranks).toEqual([...ranks].sort());
  });

  it.each([
    ["metrics.loss > 'x'", /^Expected numeric value type for metric. Found 'x'/],
    ['params.lr > 3', /^Invalid comparator '>' not one of/],
    ['params.lr = 3', /^Expected a quoted string value for parameter/],
    ["nothing.lr = '3'", /^Invalid entity type 'nothing'/],
    ["status = 'FINISHED' AND", /^Invalid comparison clause/],
    ["attributes.colour = 'x'", /^Invalid attribute key 'colour' specified/],
    ["constructor.x = 'x'", /^Invalid entity type 'constructor'/],
    ["attributes.constructor = 'x'", /^Invalid attribute key 'constructor'/],
    ["status IN ('FINISHED')", /^Only \['run_id'\] attributes support comparison with a list/],
    ['run_id IN ()', /ill-formed list/],
    ["dataset.size = 'x'", /^Invalid dataset key 'size'/],
    ['metrics.loss IS NULL', /only supported for tags and params/],
    ['metrics.loss == 3', /^Invalid comparator '=='/],
    ['metrics.loss > 1 metrics.loss < 2', /^Invalid clause\(s\) in filter string/],
    ["params.lr = 'x'; DROP TABLE Run", /^Invalid clause\(s\) in filter string/],
    ["params.lr = 'x", /^Invalid clause\(s\) in filter string/],
    [`${'('.repeat(5_000)}metrics.a > 1${')'.repeat(5_000)}`, /at most 100 levels/],
    [`${'NOT '.repeat(5_000)}metrics.a > 1`, /at most 100 levels/],
    [Array.from({ length: 10_000 }, (_, i) => `metrics.m${i} > 1`).join(' AND '), /at most 1000 comparisons/],
  ])('refuses the filter %.40s', async (filter, message) => {
    const client = await mlflowClient();
    expect(await client.post('/runs/search', { experiment_ids: ['0'], filter })).toEqual({
      status: 400,
      body: { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringMatching(message) },
    });
  });

  it('takes a thousand comparisons, and a pattern of nothing but signs for any text', async () => {
    const client = await mlflowClient();
    const id = await client.run();
    await client.post('/runs/set-tag', { run_id: id, key: 't', value: 'a'.repeat(8_000) });
    const ask = (filter: string) => client.post('/runs/search', { experiment_ids: ['0'], filter });
    expect((await ask(Array.from({ length: 1000 }, (_, i) => `metrics.m${i} > 1`).join(' OR '))).status).toBe(200);
    const begun = performance.now();
    for (const sort of ['LIKE', 'ILIKE'])
      expect((await ask(`tags.t ${sort} '${'%a'.repeat(500)}b'`)).body.runs ?? []).toEqual([]);
    for (const sort of ['LIKE', 'ILIKE'])
      expect((await ask(`status ${sort} '${'%N'.repeat(500)}b'`)).body.runs).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  it.each([
    [{ max_results: 0 }, /max_results/],
    [{ max_results: 50_001 }, /max_results/],
    [{ order_by: ['metrics.a', 'metrics.a DESC'] }, /duplicate fields/],
    [{ order_by: ['metrics.a SIDEWAYS'] }, /^Invalid ordering key/],
    [{ order_by: ['metrics.a ASC x'] }, /Could not be parsed/],
    [{ order_by: Array.from({ length: 17 }, (_, i) => `metrics.m${i}`) }, /at most 16/],
    [{ page_token: 'x' }, /^Invalid page token/],
    [{ page_token: Buffer.from('[null]').toString('base64url') }, /^Invalid page token/],
    [{ page_token: Buffer.from('[{"a":1},"x"]').toString('base64url') }, /^Invalid page token/],
    [{ run_view_type: 'SOME' }, /run_view_type/],
    [{ experiment_ids: '0' }, /experiment_ids/],
  ])('refuses %j', async (more, message) => {
    const client = await mlflowClient();
    expect(await client.post('/runs/search', { experiment_ids: ['0'], ...more })).toEqual({
      status: 400,
      body: { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringMatching(message) },
    });
  });
});
