import { describe, expect, it } from 'vitest';
import { mlflowClient } from './mlflow.ts';

// MLflow's protocol at its functions: answers, errors and limits. What MLflow's own client makes of it: test/mlflow-client.test.ts.

const refused = (code: string, message: RegExp | string, status = 400) => ({
  status,
  body: { error_code: code, message: typeof message === 'string' ? message : expect.stringMatching(message) },
});
const INVALID = 'INVALID_PARAMETER_VALUE';

describe('experiments', () => {
  it('are made, found, renamed, tagged, deleted and restored', async () => {
    const { post, get } = await mlflowClient();
    const { body } = await post('/experiments/create', {
      name: '实验',
      tags: [
        { key: 'a', value: '1' },
        { key: 'mlflow.note.content', value: 'notes' },
      ],
    });
    const { experiment_id } = body;
    expect((await get('/experiments/get', { experiment_id })).body.experiment).toMatchObject({
      ...{
        experiment_id,
        name: '实验',
        lifecycle_stage: 'active',
        artifact_location: `mlflow-artifacts:/${experiment_id}`,
      },
      tags: [
        { key: 'a', value: '1' },
        { key: 'mlflow.note.content', value: 'notes' },
      ],
    });
    expect(await post('/experiments/create', { name: '实验' })).toEqual(
      refused('RESOURCE_ALREADY_EXISTS', 'Experiment(name=实验) already exists.'),
    );
    await post('/experiments/update', { experiment_id, new_name: 'other' });
    await post('/experiments/set-experiment-tag', { experiment_id, key: 'a', value: '2' });
    await post('/experiments/delete-experiment-tag', { experiment_id, key: 'mlflow.note.content' });
    expect((await get('/experiments/get-by-name', { experiment_name: 'other' })).body.experiment.tags).toEqual([
      { key: 'a', value: '2' },
    ]);
    expect(await get('/experiments/get-by-name', { experiment_name: '实验' })).toEqual(
      refused('RESOURCE_DOES_NOT_EXIST', "Could not find experiment with name '实验'", 404),
    );
    expect((await post('/experiments/delete', { experiment_id })).status).toBe(200);
    expect((await get('/experiments/get-by-name', { experiment_name: 'other' })).body.experiment.lifecycle_stage).toBe(
      'deleted',
    );
    expect(await post('/runs/create', { experiment_id })).toEqual(
      refused(INVALID, `The experiment ${experiment_id} must be in the 'active' state. Current state is deleted.`),
    );
    await post('/experiments/restore', { experiment_id });
    expect((await get('/experiments/get', { experiment_id })).body.experiment.lifecycle_stage).toBe('active');
  });

  it('have a default one, made when it is first needed, also where its name is taken', async () => {
    const { store, get } = await mlflowClient();
    await store.experiments.create('Default', 'spiral');
    expect((await get('/experiments/get', { experiment_id: '0' })).body.experiment).toMatchObject({
      experiment_id: '0',
      name: 'Default (MLflow)',
    });
    const fresh = await mlflowClient();
    expect(
      (await fresh.get('/experiments/get-by-name', { experiment_name: 'Default' })).body.experiment.experiment_id,
    ).toBe('0');
  });

  it('are searched by name, tags and times, in parts that neither skip nor repeat while others come', async () => {
    const { post, get } = await mlflowClient();
    for (let i = 0; i < 9; i++)
      await post('/experiments/create', { name: `e${i}`, tags: [{ key: 'parity', value: String(i % 2) }] });
    const names = (answer: { body: { experiments: { name: string }[] } }) =>
      answer.body.experiments.map(({ name }) => name);
    expect(
      names(
        await post('/experiments/search', {
          max_results: 100,
          filter: "name LIKE 'e%' AND tags.parity = '0'",
          order_by: ['name ASC'],
        }),
      ),
    ).toEqual(['e0', 'e2', 'e4', 'e6', 'e8']);
    expect(names(await get('/experiments/search', { max_results: '2', order_by: 'name DESC' }))).toEqual(['e8', 'e7']);
    const seen: string[] = [];
    let page_token: string | undefined;
    do {
      const answer = await post('/experiments/search', { max_results: 3, order_by: ['name'], page_token });
      seen.push(...names(answer));
      page_token = answer.body.next_page_token;
      await post('/experiments/create', { name: `a${seen.length}` });
    } while (page_token);
    expect(seen).toEqual(['Default', ...Array.from({ length: 9 }, (_, i) => `e${i}`)]);
    expect(await post('/experiments/search', { filter: "study = 'x'" })).toEqual(
      refused(INVALID, /^Invalid attribute key 'study' specified/),
    );
  });
});

describe('runs', () => {
  it('are read back as they were logged', async () => {
    const { run, post, get } = await mlflowClient();
    const run_id = await run({
      start_time: 1_700_000_000_123,
      run_name: 'n',
      user_id: 'ada',
      tags: [{ key: 'mlflow.runName', value: 'n' }],
    });
    await post('/runs/log-batch', {
      run_id,
      metrics: [
        { key: 'a', value: 'NaN', timestamp: 5, step: '3' },
        { key: 'a', value: 1, timestamp: '4', step: 2, run_id: 'ignored' },
        { key: 'b', value: '-Infinity', timestamp: 5 },
        { key: 'c', value: -0, timestamp: 5 },
      ],
      params: [
        { key: 'lr', value: '0.10' },
        { key: 'empty', value: '' },
      ],
      tags: [{ key: 't', value: 'x' }],
    });
    await post('/runs/update', { run_uuid: run_id, status: 'KILLED', end_time: 1_700_000_001_000 });
    const { run: read } = (await get('/runs/get', { run_uuid: run_id })).body;
    expect(read.info).toMatchObject({
      ...{
        run_id,
        run_uuid: run_id,
        run_name: 'n',
        experiment_id: '0',
        user_id: 'ada',
        status: 'KILLED',
        lifecycle_stage: 'active',
      },
      ...{
        start_time: 1_700_000_000_123,
        end_time: 1_700_000_001_000,
        artifact_uri: `mlflow-artifacts:/0/${run_id}/artifacts`,
      },
    });
    expect(read.data.metrics).toEqual([
      { key: 'a', value: 'NaN', timestamp: 5, step: 3 },
      { key: 'b', value: '-Infinity', timestamp: 5, step: 0 },
      { key: 'c', value: 0, timestamp: 5, step: 0 },
    ]);
    expect(read.data.params).toEqual([
      { key: 'empty', value: '' },
      { key: 'lr', value: '0.10' },
    ]);
    expect(read.data.tags).toEqual([
      { key: 'mlflow.user', value: 'ada' },
      { key: 't', value: 'x' },
      { key: 'mlflow.runName', value: 'n' },
    ]);
  });

  it('keep a param: the same again is taken, another is refused with all that came with it', async () => {
    const { run, post, get } = await mlflowClient();
    const run_id = await run();
    const log = (value: string) =>
      post('/runs/log-batch', {
        run_id,
        params: [
          { key: 'new', value: '1' },
          { key: 'lr', value },
        ],
        metrics: [{ key: 'm', value: 1, timestamp: 1 }],
        tags: [],
      });
    await post('/runs/log-parameter', { run_id, key: 'lr', value: '1' });
    expect(await log('2')).toEqual(
      refused(
        INVALID,
        `Changing param values is not allowed. Param with key='lr' was already logged with value='1' for run ID='${run_id}'. Attempted logging new value '2'.`,
      ),
    );
    const { data } = (await get('/runs/get', { run_id })).body.run;
    expect([data.metrics, data.params]).toEqual([[], [{ key: 'lr', value: '1' }]]);
    expect((await log('1')).status).toBe(200);
  });

  it('take nothing while they are deleted, and are in no list of active ones', async () => {
    const { run, post, get } = await mlflowClient();
    const run_id = await run();
    await post('/runs/delete', { run_id });
    expect((await post('/runs/log-metric', { run_id, key: 'm', value: 1, timestamp: 1 })).body.error_code).toBe(
      INVALID,
    );
    expect((await get('/runs/get', { run_id })).body.run.info.lifecycle_stage).toBe('deleted');
    const found = async (run_view_type: string) =>
      (await post('/runs/search', { experiment_ids: ['0'], run_view_type })).body.runs.length;
    expect([await found('ACTIVE_ONLY'), await found('DELETED_ONLY'), await found('ALL')]).toEqual([0, 1, 1]);
    await post('/runs/restore', { run_id });
    expect(await found('ACTIVE_ONLY')).toBe(1);
  });

  it('have their name and notes as tags, and tags that go', async () => {
    const { run, post, get, store } = await mlflowClient();
    const run_id = await run();
    for (const [key, value] of [
      ['mlflow.runName', 'new'],
      ['mlflow.note.content', '# hi'],
      ['a', '1'],
    ])
      await post('/runs/set-tag', { run_id, key, value });
    expect(await store.runs.get(run_id)).toMatchObject({ name: 'new', notes: '# hi', tags: { a: '1' } });
    for (const key of ['mlflow.note.content', 'a'])
      expect((await post('/runs/delete-tag', { run_id, key })).status).toBe(200);
    expect(await post('/runs/delete-tag', { run_id, key: 'a' })).toEqual(
      refused('RESOURCE_DOES_NOT_EXIST', `No tag with name: a in run with id ${run_id}`, 404),
    );
    expect((await get('/runs/get', { run_id })).body.run.data.tags).toEqual([{ key: 'mlflow.runName', value: 'new' }]);
  });

  it('bug: a run of Whorl\u2019s own took params and points of others', async () => {
    const { post, store } = await mlflowClient();
    const { startRun } = await import('./record.ts');
    const { id: run_id } = await startRun(store, 'own');
    for (const message of [
      { params: [{ key: 'x', value: '1' }] },
      { metrics: [{ key: 'loss', value: 1, timestamp: 1 }] },
    ]) {
      expect(await post('/runs/log-batch', { run_id, ...message })).toEqual(refused(INVALID, /was trained by Whorl/));
    }
    expect((await post('/runs/update', { run_id, status: 'FINISHED' })).body.error_code).toBe(INVALID);
    expect((await post('/runs/set-tag', { run_id, key: 'a', value: '1' })).status).toBe(200);
  });
});

describe('what is beyond a limit is refused, and nothing of it is written', () => {
  const batch = (metrics: number, params: number, tags: number) => ({
    metrics: Array.from({ length: metrics }, (_, i) => ({ key: 'm', value: i, timestamp: 1, step: i })),
    params: Array.from({ length: params }, (_, i) => ({ key: `p${i}`, value: '1' })),
    tags: Array.from({ length: tags }, (_, i) => ({ key: `t${i}`, value: '1' })),
  });
  it.each([
    [1000, 0, 0, null],
    [800, 100, 100, null],
    [
      1001,
      0,
      0,
      'A batch logging request can contain at most 1000 metrics. Got 1001 metrics. Please split up metrics across multiple requests and try again.',
    ],
    [
      0,
      101,
      0,
      'A batch logging request can contain at most 100 params. Got 101 params. Please split up params across multiple requests and try again.',
    ],
    [
      0,
      0,
      101,
      'A batch logging request can contain at most 100 tags. Got 101 tags. Please split up tags across multiple requests and try again.',
    ],
    [
      801,
      100,
      100,
      'A batch logging request can contain at most 1000 metrics, params, and tags. Got 1001 metrics, params, and tags. Please split up metrics, params, and tags across multiple requests and try again.',
    ],
  ])('a batch of %i metrics, %i params and %i tags', async (metrics, params, tags, message) => {
    const { run, post, get } = await mlflowClient();
    const run_id = await run();
    const answer = await post('/runs/log-batch', { run_id, ...batch(metrics, params, tags) });
    expect(answer).toEqual(message === null ? { status: 200, body: {} } : refused(INVALID, message));
    const { data } = (await get('/runs/get', { run_id })).body.run;
    expect(data.params).toHaveLength(message === null ? params : 0);
  });

  it.each([
    ['param', 'k'.repeat(250), 'v'.repeat(6000), null],
    ['param', 'k', '字'.repeat(6000), null],
    ['param', 'k'.repeat(251), '1', "'Param key' exceeds the maximum length of 250 characters"],
    ['param', 'k', 'v'.repeat(6001), "'Param value' exceeds the maximum length of 6000 characters"],
    ['tag', 'k', 'v'.repeat(8000), null],
    ['tag', 'k', 'v'.repeat(8001), "'value' exceeds the maximum length of 8000 characters"],
    ['metric', 'k'.repeat(250), '1', null],
    ['metric', 'k'.repeat(251), '1', "'Metric name' exceeds the maximum length of 250 characters"],
    [
      'metric',
      'a/../b',
      '1',
      /^Invalid value "a\/\.\.\/b" for parameter 'name' supplied: Names may be treated as files .* resolve to 'b'$/,
    ],
    ['metric', '../b', '1', /must not resolve to other names/],
    ['metric', '/b', '1', /must not resolve to other names/],
    ['metric', 'a//b', '1', /must not resolve to other names/],
    ['metric', '.', '1', /must not resolve to other names/],
    ['metric', 'a\nb', '1', /Names may only contain alphanumerics/],
    ['tag', 'a"b', '1', /Names may only contain alphanumerics/],
    ['param', '__proto__', '1', /nothing can be called __proto__/],
    ['param', 'constructor', '1', null],
    ['tag', 'k', '\ud800', /not well-formed Unicode/],
    ['param', '', '1', /^Missing value for required parameter 'key'/],
  ])('a %s %j', async (what, key, value, message) => {
    const { run, post } = await mlflowClient();
    const run_id = await run();
    const answer =
      what === 'metric'
        ? await post('/runs/log-metric', { run_id, key, value: 1, timestamp: 1 })
        : await post(what === 'param' ? '/runs/log-parameter' : '/runs/set-tag', { run_id, key, value });
    expect(answer).toEqual(message === null ? { status: 200, body: {} } : refused(INVALID, message));
  });

  it.each([
    [{ value: true }, /^Invalid value true for parameter 'value'/],
    [{ value: 'abc' }, /valid double/],
    [{ value: null }, /^Missing value for required parameter 'value'/],
    [{ value: [] }, /^Invalid value \[...\] for parameter 'value'/],
    [{ timestamp: -1 }, /nonnegative long/],
    [{ timestamp: 1.5 }, /nonnegative long/],
    [{ timestamp: undefined }, /^Missing value for required parameter 'timestamp'/],
    [{ step: 1.5 }, /valid long/],
    [{ step: '9223372036854775808' }, /valid long/],
    [{ step: '9007199254740993' }, /valid long/],
    [{ step: '9223372036854774784' }, null],
    [{ step: String(-(2n ** 63n)) }, null],
    [{ step: 2 ** 53 }, null],
    [{ value: '1e400' }, null],
  ])('a point %j', async (part, message) => {
    const { run, post } = await mlflowClient();
    const answer = await post('/runs/log-metric', { run_id: await run(), key: 'm', value: 1, timestamp: 1, ...part });
    expect(answer).toEqual(message === null ? { status: 200, body: {} } : refused(INVALID, message));
  });

  it('a step that JSON has as a number and a double has not', async () => {
    const { run, post } = await mlflowClient();
    const answer = await post(
      '/runs/log-metric',
      `{"run_id":"${await run()}","key":"m","value":1,"timestamp":1,"step":9007199254740993}`,
    );
    expect(answer).toEqual(refused(INVALID, /9007199254740993: expected an integer that a double holds exactly/));
  });
});

describe('a message that is none', () => {
  it.each([
    ['{', 'BAD_REQUEST', /not JSON/],
    ['[]', 'BAD_REQUEST', /not a JSON object/],
    ['"x"', 'BAD_REQUEST', /not JSON/],
    ['null', 'BAD_REQUEST', /not a JSON object/],
    ['', INVALID, /^Missing value for required parameter 'run_id'/],
    ['{"run_id":5}', INVALID, /^Invalid value 5 for parameter 'run_id' supplied: {2}Hint: Value was of type 'int'/],
    ['{"run_id":"a","runId":"b"}', INVALID, "Request specifies both 'run_id' and 'runId'; provide only one of them."],
    ['{"run_id":"nothing"}', 'RESOURCE_DOES_NOT_EXIST', 'Run with id=nothing not found'],
    [
      `{"run_id":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      INVALID,
      /^Invalid value \[\.\.\.\] for parameter 'run_id'/,
    ],
    [`{"run_id":"x","a":${'{"bC":'.repeat(5_000)}1${'}'.repeat(5_000)}}`, 'RESOURCE_DOES_NOT_EXIST', /not found/],
  ])('%.40s', async (body, code, message) => {
    const { post } = await mlflowClient();
    expect(await post('/runs/restore', body)).toEqual(
      refused(code, message, code === 'RESOURCE_DOES_NOT_EXIST' ? 404 : 400),
    );
  });

  it('is told what there is not', async () => {
    const { post, get } = await mlflowClient();
    expect(await get('/nothing')).toEqual(
      refused('ENDPOINT_NOT_FOUND', 'Whorl has no GET /api/2.0/mlflow/nothing', 404),
    );
    expect(await post('/registered-models/create', { name: 'x' })).toEqual(
      refused('ENDPOINT_NOT_FOUND', /no model registry/, 404),
    );
    expect((await post('/runs/get', {})).status).toBe(404);
  });
});

describe('a history', () => {
  it('is given whole or in pages, in the order in which it came', async () => {
    const { run, post, get } = await mlflowClient();
    const run_id = await run();
    const steps = [0, 1, 2, 1, 1, 5, 3];
    await post('/runs/log-batch', {
      run_id,
      metrics: steps.map((step, i) => ({ key: 'm', value: i, timestamp: 10 + i, step })),
    });
    const ask = (more: object) => get('/metrics/get-history', { run_id, metric_key: 'm', ...more });
    const { body: whole } = await ask({});
    expect(whole).toEqual({ metrics: steps.map((step, i) => ({ key: 'm', value: i, timestamp: 10 + i, step })) });
    const seen: unknown[] = [];
    let page_token = '';
    do {
      const { body } = await ask({ max_results: '3', ...(page_token && { page_token }) });
      seen.push(...body.metrics);
      page_token = body.next_page_token ?? '';
    } while (page_token);
    expect(seen).toEqual(whole.metrics);
    expect(await ask({ max_results: '0' })).toEqual(
      refused(INVALID, "Invalid value 0 for parameter 'max_results' supplied. It must be a positive integer."),
    );
    for (const forged of [
      'x',
      '!!',
      Buffer.from('[["-1"]]').toString('base64url'),
      Buffer.from('[1,2]').toString('base64url'),
      Buffer.from('{"offset":1}').toString('base64'),
    ]) {
      expect((await ask({ page_token: forged })).body.error_code, forged).toBe(INVALID);
    }
    expect((await ask({ metric_key: 'none' })).body).toEqual({ metrics: [] });
  });

  it('of several runs is sampled by steps, and no highest or lowest value is lost between', async () => {
    const { run, post, get } = await mlflowClient();
    const ids = [await run(), await run()];
    for (const run_id of ids) {
      for (let at = 0; at < 3000; at += 1000) {
        await post('/runs/log-batch', {
          run_id,
          metrics: Array.from({ length: 1000 }, (_, i) => ({
            key: 'm',
            value: at + i === 1234 ? 1e9 : 1,
            timestamp: 1,
            step: at + i,
          })),
        });
      }
    }
    const { body } = await get('/metrics/get-history-bulk-interval', {
      run_ids: ids,
      metric_key: 'm',
      max_results: '10',
    });
    const mine = body.metrics.filter((point: { run_id: string }) => point.run_id === ids[1]);
    expect(mine.map(({ step }: { step: number }) => step)).toEqual([
      0, 333, 666, 1000, 1234, 1333, 1666, 1999, 2333, 2666, 2999,
    ]);
    const some = await get('/metrics/get-history-bulk-interval', {
      run_ids: ids[0] as string,
      metric_key: 'm',
      max_results: '5',
      start_step: '10',
      end_step: '12',
    });
    expect(some.body.metrics.map(({ step }: { step: number }) => step)).toEqual([10, 11, 12]);
    for (const wrong of [
      { start_step: '1' },
      { start_step: '5', end_step: '1' },
      { max_results: '0' },
      { max_results: '2501' },
    ]) {
      expect(
        (await get('/metrics/get-history-bulk-interval', { run_ids: ids, metric_key: 'm', ...wrong } as never)).status,
      ).toBe(400);
    }
    const bulk = await get('/metrics/get-history-bulk', { run_id: ids, metric_key: 'm', max_results: '3100' });
    expect(bulk.body.metrics).toHaveLength(3100);
  });
});

it('a request that is sent again, as clients do that got no answer, changes nothing', async () => {
  const { run, post, get } = await mlflowClient();
  const run_id = await run();
  const metrics = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ key: 'm', value: 'NaN', timestamp: from + i, step: (from + i) % 5 }));
  const message = {
    run_id,
    metrics: metrics(0, 300),
    params: [{ key: 'p', value: '1' }],
    tags: [{ key: 't', value: '1' }],
  };
  for (let i = 0; i < 3; i++) expect((await post('/runs/log-batch', message)).status).toBe(200);
  const one = { run_id, key: 'm', value: 1, timestamp: 300, step: 2 };
  for (let i = 0; i < 3; i++) await post('/runs/log-metric', one);
  for (const value of [2, 1]) await post('/runs/log-metric', { ...one, value }); // the same again, but not at once
  const { body } = await get('/metrics/get-history', { run_id, metric_key: 'm' });
  expect(body.metrics).toHaveLength(303);
  expect(body.metrics.slice(300).map(({ value }: { value: number }) => value)).toEqual([1, 2, 1]);
});
