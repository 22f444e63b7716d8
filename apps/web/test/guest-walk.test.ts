import { rmSync } from 'node:fs';
import { buildConfig, trainingStudy } from '@whorl/core';
import type { Store } from '@whorl/store';
import superjson from 'superjson';
import { describe, expect, it } from 'vitest';
import { decideShare } from '../process/access.ts';
import { MLFLOW_ADDRESSES } from '../process/mlflow/answer.ts';
import type { Context } from '../src/server/access/context.ts';
import { answerArtifact, answerTrpc } from '../src/server/http.ts';
import { appRouter } from '../src/server/router.ts';
import { runServer, temporaryStore } from './record.ts';

// Every procedure is asked by someone with a link, for what the link shows, for what it does not, for what is not there
// and for both together. Whoever adds a procedure says here how it is asked.

const PERSON = 'secretname';
/** What every text of the record that is shared holds. */
const PLACE = `/home/${PERSON}/deep/x.csv`;
const FOREIGN = 'foreignword';
const POINTS = { steps: Float64Array.of(0, 1), values: Float64Array.of(1, 2), times: Float64Array.of(0, 1) };

/** What a question is about. */
interface Pointed {
  readonly experimentId: string;
  readonly runIds: readonly string[];
  readonly target: unknown;
}

const run = ({ runIds }: Pointed) => ({ runIds: runIds.slice(0, 1) });
const runs = ({ runIds }: Pointed) => ({ runIds });
const content = (pointed: Pointed) => ({ ...run(pointed), id: 1, version: '' });
const experiment = ({ experimentId }: Pointed) => ({ experimentId });
const target = (more: Record<string, unknown> = {}) => {
  return ({ target }: Pointed) => ({ target, ...more });
};

const FIELDS = [
  ...['name', 'status', 'study', 'engine', 'mode', 'notes', 'command', 'error', 'created', 'id'],
  ...['data.path', 'params.place', 'tags.place', 'metrics.loss', 'environment.os', 'environment.git.commit'],
];

type Ask = (pointed: Pointed) => unknown;
/** Questions that who has a link may ask, by what they are about. */
const OF_EXPERIMENT: Readonly<Record<string, Ask>> = {
  'experiments.get': experiment,
  'experiments.claims': experiment,
  'runs.list': experiment,
};
const OF_RUNS: Readonly<Record<string, Ask>> = {
  'runs.get': run,
  'runs.metrics': run,
  'runs.boundary': runs,
  'comparison.accuracies': (pointed) => ({ ...runs(pointed), steps: [0, 1] }),
  'comparison.layers': (pointed) => ({ ...runs(pointed), measure: 'gradientNorm' }),
  'comparison.spreads': runs,
  'artifacts.list': run,
  'artifacts.log': run,
  'neighbours.of': run,
  'media.list': runs,
  'media.content': content,
};
const OF_TARGET: Readonly<Record<string, Ask>> = {
  'runs.table': target({ fields: FIELDS, sort: [{ field: 'name', descending: false }] }),
  'runs.fields': target(),
  'comparison.overview': target(),
  'comparison.analyse': target({ metric: 'metrics.loss', by: ['params.place'] }),
  'comparison.plan': target({ metric: 'metrics.loss', by: ['params.place'], difference: 0.1 }),
  'comparison.answer': target({ by: ['params.place'] }),
  'comparison.columns': target({ fields: FIELDS }),
  'curves.outline': target({ by: ['params.place', 'tags.place'] }),
  'curves.chart': target({ key: 'loss', x: 'step', by: ['params.place'], mean: true }),
  'grouping.groups': target({ by: ['params.place', 'name', 'command', 'environment.os'], metrics: ['metrics.loss'] }),
  'live.watch': target({ keys: ['loss'], frames: true, since: 0 }),
};
/** What is for the owner alone. */
const OF_OWNER: Readonly<Record<string, Ask>> = {
  'experiments.list': () => ({}),
  'experiments.best': ({ experimentId }) => ({ experimentIds: [experimentId] }),
  'experiments.create': () => ({ name: 'new', study: 'spiral' }),
  'experiments.rename': ({ experimentId }) => ({ experimentId, name: 'other' }),
  'experiments.setNotes': ({ experimentId }) => ({ experimentId, notes: 'other' }),
  'experiments.stop': experiment,
  'experiments.archive': experiment,
  'experiments.restore': experiment,
  'runs.rename': ({ runIds }) => ({ runId: runIds[0], name: 'other' }),
  'runs.setNotes': ({ runIds }) => ({ runId: runIds[0], notes: 'other' }),
  'runs.setTags': target({ tags: { a: 'b' } }),
  'runs.archive': target(),
  'runs.restore': target(),
  'runs.live': target(),
  'runs.stop': target(),
  'recordings.find': () => ({ experiment: 'spiral', config: trainingStudy('spiral').defaults }),
  'recordings.add': () => ({
    ...{ experiment: 'spiral', config: trainingStudy('spiral').defaults, durationMs: 1, browser: 'a' },
    ...{ engineVersions: {}, series: [], files: [] },
  }),
  'shares.reach': () => undefined,
  'shares.create': ({ experimentId }) => ({ of: { experimentId } }),
  'shares.list': ({ experimentId }) => ({ of: { experimentId } }),
  'shares.revoke': () => ({ shareId: 'unknown0' }),
  'sparklines.list': ({ experimentId }) => ({ experimentIds: [experimentId] }),
  'concepts.record': () => ({ study: 'spiral' }),
  'search.named': () => ({ text: 'a' }),
  'views.list': experiment,
  'views.save': ({ experimentId }) => ({ experimentId, name: 'a', state: '' }),
  'views.remove': () => ({ id: 'unknown0' }),
  'runSets.get': ({ target }) => ({ id: (target as { runSet?: string }).runSet ?? 'unknown0' }),
  'runSets.put': target(),
  'deletions.preview': ({ experimentId }) => ({ of: { experimentId } }),
  'deletions.delete': (pointed) => ({ of: { target: pointed.target }, sign: 'any' }),
  'deletions.files': ({ runIds }) => ({ runId: runIds[0], names: ['log'] }),
};
const READS = { ...OF_EXPERIMENT, ...OF_RUNS, ...OF_TARGET };

/** A record of which one experiment is shared: one run that ended, one that trains; and one that is not. */
async function makeRecord() {
  runServer({});
  const store = await temporaryStore();
  const make = async (name: string, text: string, seed: number) => {
    const { id: experimentId } = await store.experiments.create(name, text);
    await store.experiments.setNotes(experimentId, `notes ${text}`);
    const config = buildConfig(trainingStudy('spiral').defaults, {
      'data.name': 'csv',
      'data.path': text,
      'data.label': text,
      'data.sha256': `${seed}`.repeat(64),
      seed,
    });
    const at = new Date('2026-11-01T00:00:00Z');
    const environment = {
      os: text,
      git: { commit: text, [text]: text },
      host: text,
      user: text,
      python: text,
      [text]: text,
    };
    const [ended = ''] = await store.runs.insertMany([
      {
        ...{ experimentId, config, environment, status: 'finished', error: `open '${text}'`, createdAt: at },
        ...{ name: text, engine: text, mode: text, command: `whorl run data.path=${text}`, notes: text },
        ...{ startedAt: at, endedAt: at, durationMs: 1 },
        params: { place: text, [text]: text, 'data.path': text },
        tags: { place: text, [text]: text, 'mlflow.user': PERSON, 'mlflow.source.name': 'secretscript.py' },
        metrics: { loss: POINTS, [text]: POINTS },
      },
    ]);
    const started = await store.runs.start({
      ...{ experimentId, name: text, config: { ...config, seed: seed + 1 }, engine: text, mode: 'eager' },
      ...{ environment, command: text },
    });
    await store.runs.setTags([started.id], { place: text });
    store.metrics.append(started.id, [{ key: 'loss', offset: 0, ...POINTS }]);
    const put = (name: string, mediaType: string, data: string) =>
      store.artifacts.put(ended, { name, mediaType, data: Buffer.from(data), meta: { text } });
    await put('log', 'text/plain; charset=utf-8', `reads ${text}\n`);
    await put(text, 'application/json', JSON.stringify({ [text]: text, list: [text], n: 1 }));
    return { experimentId, runIds: [ended, started.id] };
  };
  const shared = await make(`all of ${PLACE}`, PLACE, 1);
  const foreign = await make(FOREIGN, FOREIGN, 5);
  return { store, shared, foreign };
}
type Made = Awaited<ReturnType<typeof makeRecord>>;

const LINKS = ['experiment', 'run', 'comparison'] as const;

/** Someone with a link. */
async function enter(store: Store, kind: (typeof LINKS)[number], shared: Made['shared']): Promise<Context> {
  const { experimentId, runIds } = shared;
  const of = {
    experiment: { kind: 'experiment', experimentId },
    run: { kind: 'run', runIds: runIds.slice(0, 1) },
    comparison: { kind: 'comparison', runIds },
  } as const;
  const { share } = await store.shares.create(of[kind]);
  return { store, viewer: { kind: 'share', share, isOpen: async () => true }, timeZone: 'UTC' };
}

/** What comes back for a question, over the wire; of a stream up to its first event, or why there is none. */
async function ask(context: Context, procedure: string, input: unknown) {
  const known = (appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)[procedure];
  const type = known?._def.type;
  const body = JSON.stringify(superjson.serialize(input));
  const url = `http://host/s/x/trpc/${procedure}`;
  const stop = new AbortController();
  const request =
    type === 'subscription'
      ? new Request(`${url}?input=${encodeURIComponent(body)}`, {
          headers: { accept: 'text/event-stream' },
          signal: stop.signal,
        })
      : new Request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const response = await answerTrpc(request, '/s/x/trpc', context);
  if (type !== 'subscription' || !response.body) return { status: response.status, text: await response.text() };
  let text = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value = '' } = await reader.read();
    text += value;
    if (done || /event: serialized-error\s+data: .*\n|"runs":\[/.test(text)) break;
  }
  stop.abort();
  await reader.cancel().catch(() => {});
  return { status: response.status, text };
}

/** An error's code, of an answer or of a stream; null for an answer. */
const codeOf = (text: string): string | null => /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? null;

describe('who has a link', () => {
  const madeUp = { experimentId: 'madeup0', runIds: ['madeup1', 'madeup2'] };

  it('is asked about with every procedure that there is', () => {
    expect(Object.keys({ ...READS, ...OF_OWNER }).sort()).toEqual(Object.keys(appRouter._def.procedures).sort());
  });

  const pointed = ({ experimentId, runIds }: Made['shared'], target: unknown): Pointed => ({
    experimentId,
    runIds,
    target,
  });

  it.each(LINKS)('to a whole %s reads what it shows, and in it no folder and nobody\u2019s name', async (kind) => {
    const { store, shared } = await makeRecord();
    const context = await enter(store, kind, shared);
    const runIds = kind === 'run' ? shared.runIds.slice(0, 1) : shared.runIds;
    const targets: unknown[] = [{ runIds }, { runSet: await store.runSets.put(runIds) }];
    if (kind === 'experiment') targets.push({ experimentId: shared.experimentId, query: 'metrics.loss > 0' });
    for (const target of targets) {
      for (const [procedure, input] of Object.entries(READS)) {
        if (kind !== 'experiment' && procedure in OF_EXPERIMENT) continue;
        const { text, status } = await ask(context, procedure, input(pointed({ ...shared, runIds }, target)));
        expect({ procedure, status, code: codeOf(text) }).toEqual({ procedure, status: 200, code: null });
        expect(text, procedure).not.toContain(PERSON);
        expect(text, procedure).not.toContain('secretscript');
        expect(text, procedure).not.toContain(FOREIGN);
      }
    }
    const { text } = await ask(context, 'runs.get', { runIds: runIds.slice(0, 1) });
    expect(JSON.parse(text).result.data.json).toMatchObject({
      name: 'x.csv',
      error: "open 'x.csv'",
      // made of the config; what its experiment is called is for those who see that
      command: expect.stringMatching(
        kind === 'experiment' ? / data\.path=x\.csv .* --name 'all of x\.csv' / : / data\.path=x\.csv (?!.*--name)/,
      ),
      config: { data: { path: 'x.csv', sha256: '1'.repeat(64) } },
      environment: { os: 'x.csv', git: { commit: 'x.csv' } },
    });
    expect(text).not.toMatch(/python|"user"|"host"/);
  });

  it.each(LINKS)('to a whole %s is told the same of what is elsewhere and of what is nowhere', async (kind) => {
    const { store, shared, foreign } = await makeRecord();
    const context = await enter(store, kind, shared);
    const own = shared.runIds[0] as string;
    const mixed = (other: Made['foreign']) => ({ ...other, runIds: [own, ...other.runIds] });
    const shapes: ((of: Made['foreign']) => unknown)[] = [
      ({ experimentId }) => ({ experimentId }),
      ({ runIds }) => ({ runIds }),
      ({ runIds }) => ({ runSet: store.runSets.idOf(runIds) }),
    ];
    for (const part of [foreign, mixed(foreign)]) await store.runSets.put(part.runIds);
    for (const shape of shapes) {
      for (const mix of [(of: typeof foreign) => of, mixed]) {
        for (const [procedure, input] of Object.entries(READS)) {
          // One run is asked for: the mixed ones begin with the guest's own.
          if (
            mix === mixed &&
            (OF_RUNS[procedure] === run || OF_RUNS[procedure] === content || procedure in OF_EXPERIMENT)
          )
            continue;
          const [one, other] = await Promise.all(
            [foreign, madeUp].map((of) => ask(context, procedure, input(pointed(mix(of), shape(mix(of)))))),
          );
          expect({ procedure, code: codeOf(one?.text ?? '') }).toEqual({ procedure, code: 'NOT_FOUND' });
          expect(one).toEqual(other);
        }
      }
    }
  });

  it.each(LINKS)('to a whole %s calls nothing that is the owner\u2019s', async (kind) => {
    const { store, shared, foreign } = await makeRecord();
    const context = await enter(store, kind, shared);
    const before = JSON.stringify([
      await store.experiments.get(shared.experimentId),
      await store.runs.getMany(shared.runIds),
    ]);
    for (const [procedure, input] of Object.entries(OF_OWNER)) {
      for (const of of [shared, foreign, madeUp]) {
        const { status, text } = await ask(context, procedure, input(pointed(of, { runIds: of.runIds })));
        expect({ procedure, status, text }).toMatchObject({ procedure, status: 404 });
        expect(text, procedure).toContain('no such procedure');
      }
    }
    const after = JSON.stringify([
      await store.experiments.get(shared.experimentId),
      await store.runs.getMany(shared.runIds),
    ]);
    expect(after).toBe(before);
  });

  it('bug: a run of elsewhere as a cursor told that it is there, and when it was made', async () => {
    const { store, shared, foreign } = await makeRecord();
    const context = await enter(store, 'experiment', shared);
    const { experimentId } = shared;
    const listed = (cursor: string | undefined) => ask(context, 'runs.list', { experimentId, cursor, limit: 1 });
    const [own = ''] = shared.runIds;
    expect((await listed(own)).status).toBe(200);
    const answers = await Promise.all([...foreign.runIds, 'madeup1'].map(listed));
    for (const answer of answers) expect(answer).toEqual(answers.at(-1));
    expect(answers[0]?.status).toBe(404);

    const watched = (id: string) =>
      ask(context, 'live.watch', {
        ...{ target: { experimentId }, keys: ['loss'], since: Date.now() + 60_000 },
        lastEventId: JSON.stringify({ since: 0, runs: { [id]: ['running', 0, 0, 0, [0]] } }),
      });
    const [one, other] = await Promise.all([watched(foreign.runIds[0] as string), watched('madeup1')]);
    expect(one?.text).not.toContain(FOREIGN);
    expect(one?.text).not.toContain(foreign.runIds[0]);
    // The id of an event begins with the moment at which it was read.
    const without = (text = '') => text.replace(/"id":.*/g, '').replace(/^id: .*/gm, '');
    expect(without(one?.text)).toEqual(without(other?.text));
    const except = (id: string) =>
      ask(context, 'runs.table', { target: { experimentId, except: [id] }, fields: ['id'] });
    expect(await except(foreign.runIds[0] as string)).toEqual(await except('madeup1'));
  });

  it.each(LINKS)('to a whole %s follows what it shows as a whole, and nothing else', async (kind) => {
    const { store, shared, foreign } = await makeRecord();
    const context = await enter(store, kind, shared);
    const [own = ''] = shared.runIds;
    const watch = (more: object) => ask(context, 'live.watch', { since: 0, ...more });
    // The first event tells all that is followed, so that an answer is waited for in which there is something.
    const target = { runIds: [own] };
    const files = await watch({ target, files: [own] });
    expect(files.text).toContain(`"files":[{"runId":"${own}"`);
    const experiments = await watch({ target, experiments: [shared.experimentId] });
    if (kind === 'experiment') {
      expect(experiments.text).toContain('"name":"all of x.csv"');
      expect(experiments.text).toContain('"notes":"notes x.csv"');
    } else expect(codeOf(experiments.text)).toBe('NOT_FOUND');
    for (const { text } of [files, experiments]) {
      expect(text).not.toContain(PERSON);
      expect(text).not.toContain(FOREIGN);
    }
    const refused = [
      { target, list: true },
      ...[foreign, madeUp].flatMap(({ experimentId, runIds }) => [
        { target, experiments: [experimentId] },
        { target, files: runIds.slice(0, 1) },
      ]),
    ];
    for (const more of refused) expect(codeOf((await watch(more)).text), JSON.stringify(more)).toBe('NOT_FOUND');
    expect(await watch({ target, experiments: [foreign.experimentId] })).toEqual(
      await watch({ target, experiments: [madeUp.experimentId] }),
    );
  });

  it('bug: what is not shown was found, with a query for the folder in which a file lies', async () => {
    const { store, shared } = await makeRecord();
    const context = await enter(store, 'experiment', shared);
    const { experimentId } = shared;
    const found = async (query: string) => {
      const { status, text } = await ask(context, 'runs.table', { target: { experimentId, query }, fields: [] });
      return status === 200 ? (JSON.parse(text).result.data.json.total as number) : status;
    };
    for (const field of [
      'name',
      'notes',
      'command',
      'error',
      'params.place',
      'tags.place',
      'environment.os',
      'data.path',
    ]) {
      for (const query of [`${field} like "%${PERSON}%"`, `${field} = "${PLACE}"`, `${field} in ("${PLACE}", "y")`]) {
        expect([query, await found(query)]).toEqual([query, 0]);
      }
      if (field !== 'notes' && field !== 'error') {
        expect(await found(`${field} like "%x.csv%"`), field).toBeGreaterThan(0);
      }
    }
    expect(await found('environment.user = "x.csv"')).toBe(404);
    expect(await found('tags."mlflow.user" = "x"')).toBe(404);
    expect(await found(`tags."${PLACE}" is not null`)).toBe(404);
  });

  it('bug: a file that is damaged was told by where it lies', async () => {
    const { store, shared } = await makeRecord();
    const context = await enter(store, 'experiment', shared);
    const [runId = ''] = shared.runIds;
    const names = [];
    for (const { id, name } of await store.artifacts.list(runId)) {
      const request = new Request(`http://host/s/x/artifacts/${runId}/${id}`);
      const response = await answerArtifact(request, context, { runId, id: String(id) });
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(text).not.toContain(PERSON);
      expect(text).toContain('x.csv');
      names.push(name);
    }
    expect(names).toHaveLength(2);
    const { record: log } = await store.artifacts.read(runId, (await store.artifacts.list(runId, 'log'))[0]?.id ?? 0);
    rmSync(`${store.home}/artifacts/${log.sha256.slice(0, 2)}/${log.sha256}`);
    const { status, text } = await ask(context, 'artifacts.log', { runIds: [runId] });
    expect(status).toBe(200); // in the place of the part: the log's other parts are read
    expect(text).toContain('is damaged');
    expect(text).not.toContain(store.home);
    expect(text).not.toMatch(/\/(tmp|var|home|Users)\//);
  });
});

describe("MLflow's protocol", () => {
  it("is the owner's, each route of it, and nobody's who has a link", () => {
    expect(MLFLOW_ADDRESSES.length).toBeGreaterThan(80);
    expect(MLFLOW_ADDRESSES.filter(({ who }) => who !== 'owner')).toEqual([]);
    for (const { method, path } of MLFLOW_ADDRESSES) {
      expect(decideShare({ method, url: path }), path).toMatchObject({ kind: 'refuse', status: 404 });
    }
  });
});
