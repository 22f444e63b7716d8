import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseField } from '@whorl/core';
import { parseQuery } from '@whorl/core/query';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../src/index.ts';
import { config } from './temporary.ts';

const points = (values: readonly number[]) => ({
  steps: Float64Array.from(values, (_, i) => i),
  values: Float64Array.from(values),
  times: Float64Array.from(values, () => 0),
});

/** A record with two runs, and how SQLite goes about what a question asks of it. */
async function recordToExplain() {
  const home = mkdtempSync(path.join(tmpdir(), 'whorl-plans-'));
  const store = await openStore({ home });
  const { id: experimentId } = await store.experiments.create('plans', 'spiral');
  const now = new Date();
  const ids = await store.runs.insertMany(
    [1, 2].map((seed) => ({
      experimentId,
      name: 'a run',
      config: config(seed),
      status: 'finished',
      engine: 'cpu',
      mode: 'eager',
      environment: { threads: 1 },
      command: '',
      createdAt: now,
      startedAt: now,
      endedAt: now,
      durationMs: 1,
      tags: { round: '1' },
      metrics: { loss: points([2, 1]) },
    })),
  );
  const explainer = new Database(store.databaseFile, { readonly: true });
  for (const name of ['fold', 'fold_pattern', 'natural', 'without_paths', 'in_zone']) {
    explainer.function(name, { deterministic: true, varargs: true }, () => null);
  }
  // What is asked goes to SQLite as ever; only its text is noted, which a statement that is kept prepared still has.
  const asked: string[] = [];
  const statement = Object.getPrototypeOf(explainer.prepare('SELECT 1')) as Database.Statement;
  const { all, get, run } = statement;
  const noting = <T extends (...values: unknown[]) => unknown>(real: T) =>
    function (this: Database.Statement, ...values: unknown[]) {
      asked.push(this.source);
      return Reflect.apply(real, this, values);
    } as T;
  Object.assign(statement, { all: noting(all), get: noting(get), run: noting(run) });
  /** The plan of each statement that is asked, Prisma's aside; of each plan once, in order. */
  const plansOf = async (ask: Question): Promise<string[]> => {
    asked.length = 0;
    await ask(store, { experimentId, ids, id: ids[0] as string });
    const texts = asked.filter((text) => /^\s*(SELECT|INSERT|UPDATE|DELETE)/i.test(text) && !text.includes('`'));
    const plans = texts.map((text) => {
      const values = [...text.replace(/'[^']*'/g, '').matchAll(/\?/g)].map(() => null);
      const steps = explainer.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values) as { detail: string }[];
      return steps.flatMap(({ detail }) => stepOf(detail) ?? []).join('; ');
    });
    return [...new Set(plans)].filter((plan) => plan !== '');
  };
  const close = async () => {
    Object.assign(statement, { all, get, run });
    explainer.close();
    await store.close();
    rmSync(home, { recursive: true });
  };
  return { plansOf, close };
}

/** What a step reads and by which index, or what it sorts; null for how SQLite puts the steps together. */
const stepOf = (detail: string): string | null =>
  /^(SEARCH|SCAN|USE|USING) (?!\(|json_each|CONSTANT)/.test(detail)
    ? detail.replace(/ EXISTS\b| LEFT-JOIN$/, '')
    : null;

type Question = (store: Store, made: { experimentId: string; ids: string[]; id: string }) => unknown;

const QUESTIONS: readonly (readonly [name: string, ask: Question, plans: readonly string[]])[] = [
  [
    'the newest runs',
    ({ runs }, { experimentId }) => runs.ids({ scope: { experimentId } }),
    [
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); USE TEMP B-TREE FOR ORDER BY',
    ],
  ],
  [
    'a table that is sorted by a metric',
    ({ runs }, { experimentId }) =>
      runs.table({
        scope: { experimentId },
        fields: ['name', 'metrics.loss', 'params.optimizer.lr', 'tags.round', 'environment.threads'].map((name) =>
          parseField(name),
        ),
        sort: [{ field: parseField('metrics.loss'), descending: true }],
      }),
    [
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); SEARCH s0 USING COVERING INDEX MetricSeries_key_runId_last_min_max_idx (key=? AND runId=?); USE TEMP B-TREE FOR ORDER BY',
      'SCAN j VIRTUAL TABLE INDEX 1:; SEARCH r USING INDEX sqlite_autoindex_Run_1 (id=?); USE TEMP B-TREE FOR ORDER BY',
      'SCAN j VIRTUAL TABLE INDEX 1:; SEARCH t USING COVERING INDEX MetricSeries_key_runId_last_min_max_idx (key=? AND runId=?); USE TEMP B-TREE FOR ORDER BY',
      'SCAN j VIRTUAL TABLE INDEX 1:; SEARCH t USING COVERING INDEX Param_key_runId_number_value_idx (key=? AND runId=?); USE TEMP B-TREE FOR ORDER BY',
      'SCAN j VIRTUAL TABLE INDEX 1:; SEARCH t USING COVERING INDEX Tag_key_runId_number_value_idx (key=? AND runId=?); USE TEMP B-TREE FOR ORDER BY',
    ],
  ],
  [
    'runs that are sorted by name',
    ({ runs }, { experimentId }) =>
      runs.ids({ scope: { experimentId } }, [{ field: parseField('name'), descending: true }]),
    ['SEARCH r USING INDEX Run_experimentId_createdAt_idx (experimentId=?); USE TEMP B-TREE FOR ORDER BY'],
  ],
  [
    'runs that are filtered',
    ({ runs }, { experimentId }) =>
      runs.ids({
        scope: { experimentId },
        where: parseQuery(
          'metrics.loss > 0.3 and params.optimizer.lr in (0.1, "x") and not tags.round like "%a%" and status = "finished"',
        ),
      }),
    [
      'SEARCH r USING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); SEARCH t USING COVERING INDEX Tag_key_runId_number_value_idx (key=? AND runId=?); SEARCH t USING COVERING INDEX MetricSeries_key_runId_last_min_max_idx (key=? AND runId=? AND last>?); SEARCH t USING COVERING INDEX Param_key_runId_number_value_idx (key=? AND runId=?); USE TEMP B-TREE FOR ORDER BY',
    ],
  ],
  [
    'some runs that are filtered',
    ({ runs }, { ids }) => runs.ids({ scope: { runIds: ids }, where: parseQuery('metrics.loss > 0.3') }),
    [
      'SCAN j VIRTUAL TABLE INDEX 1:; SEARCH r USING INDEX sqlite_autoindex_Run_1 (id=?); SEARCH t USING COVERING INDEX MetricSeries_key_runId_last_min_max_idx (key=? AND runId=? AND last>?); USE TEMP B-TREE FOR ORDER BY',
    ],
  ],
  [
    'what there is to choose from',
    ({ runs }, { experimentId }) => runs.fields({ scope: { experimentId } }),
    [
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); SEARCH t USING COVERING INDEX MetricSeries_runId_key_key (runId=?); USE TEMP B-TREE FOR DISTINCT',
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); SEARCH t USING COVERING INDEX sqlite_autoindex_Tag_1 (runId=?); USE TEMP B-TREE FOR DISTINCT',
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?)',
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); USE TEMP B-TREE FOR GROUP BY; USE TEMP B-TREE FOR ORDER BY',
      'SEARCH r USING INDEX Run_experimentId_createdAt_idx (experimentId=?); USE TEMP B-TREE FOR DISTINCT',
      'SEARCH r USING INDEX Run_experimentId_createdAt_idx (experimentId=?); USE TEMP B-TREE FOR GROUP BY; USE TEMP B-TREE FOR ORDER BY',
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); USE TEMP B-TREE FOR DISTINCT',
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); SEARCH t USING COVERING INDEX sqlite_autoindex_Param_1 (runId=?); USE TEMP B-TREE FOR DISTINCT',
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); SEARCH t USING COVERING INDEX Param_key_runId_number_value_idx (key=? AND runId=?); USE TEMP B-TREE FOR DISTINCT',
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); SEARCH t USING COVERING INDEX Param_key_runId_number_value_idx (key=? AND runId=?); USE TEMP B-TREE FOR GROUP BY; USE TEMP B-TREE FOR ORDER BY',
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); SEARCH t USING COVERING INDEX MetricSeries_key_runId_last_min_max_idx (key=? AND runId=?); USE TEMP B-TREE FOR DISTINCT',
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); SEARCH t USING COVERING INDEX MetricSeries_key_runId_last_min_max_idx (key=? AND runId=?); USE TEMP B-TREE FOR GROUP BY; USE TEMP B-TREE FOR ORDER BY',
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); SEARCH t USING COVERING INDEX Tag_key_runId_number_value_idx (key=? AND runId=?); USE TEMP B-TREE FOR DISTINCT',
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); SEARCH t USING COVERING INDEX Tag_key_runId_number_value_idx (key=? AND runId=?); USE TEMP B-TREE FOR GROUP BY; USE TEMP B-TREE FOR ORDER BY',
      'SEARCH r USING INDEX Run_experimentId_createdAt_idx (experimentId=?); USE TEMP B-TREE FOR GROUP BY',
    ],
  ],
  [
    'metrics, and whether they make a curve',
    ({ runs }, { experimentId }) => runs.metricKeys({ scope: { experimentId } }),
    [
      'SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=?); SEARCH t USING INDEX MetricSeries_runId_key_key (runId=?); USE TEMP B-TREE FOR GROUP BY',
    ],
  ],
  [
    'records',
    ({ runs }, { ids }) => runs.getMany(ids),
    [
      'SEARCH Run USING INDEX sqlite_autoindex_Run_1 (id=?)',
      'SEARCH Param USING INDEX sqlite_autoindex_Param_1 (runId=?)',
      'SEARCH Tag USING INDEX sqlite_autoindex_Tag_1 (runId=?)',
      'SEARCH MetricSeries USING INDEX MetricSeries_runId_key_key (runId=?); USE TEMP B-TREE FOR ORDER BY',
    ],
  ],
  [
    'the number of runs',
    ({ runs }, { experimentId }) => runs.count({ experimentId }),
    ['SEARCH Run USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=?)'],
  ],
  [
    'whether runs are of an experiment',
    ({ runs }, { experimentId, ids }) => runs.areOf(experimentId, ids),
    [
      'SCAN j VIRTUAL TABLE INDEX 1:; SEARCH r USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=? AND archivedAt=? AND id=?)',
    ],
  ],
  [
    'launches',
    ({ runs }, { ids }) => runs.launches(ids),
    ['SEARCH Run USING INDEX sqlite_autoindex_Run_1 (id=?); USE TEMP B-TREE FOR ORDER BY'],
  ],
  [
    'which of some runs train',
    ({ runs }, { ids }) => runs.liveAmong(ids),
    [
      'SCAN j VIRTUAL TABLE INDEX 1:; SEARCH Run USING INDEX sqlite_autoindex_Run_1 (id=?); USE TEMP B-TREE FOR ORDER BY',
    ],
  ],
  [
    'how much the runs that train have logged',
    ({ runs }) => runs.liveLogged(null),
    ['SEARCH Run USING INDEX Run_status_idx (status=?); SEARCH s USING INDEX MetricSeries_runId_key_key (runId=?)'],
  ],
  [
    'which runs were asked to stop',
    ({ runs }, { ids }) => runs.stopRequests(ids),
    ['SEARCH Run USING INDEX sqlite_autoindex_Run_1 (id=?)'],
  ],
  ['runs whose process died', ({ runs }) => runs.markCrashed(), ['SEARCH Run USING INDEX Run_status_idx (status=?)']],
  [
    'a request to stop runs',
    ({ runs }, { ids }) => runs.requestStop(ids, 'page'),
    [
      'SEARCH Run USING INDEX Run_status_idx (status=?)',
      'SEARCH Run USING INDEX sqlite_autoindex_Run_1 (id=?)',
      'SCAN j VIRTUAL TABLE INDEX 1:; SEARCH Run USING INDEX sqlite_autoindex_Run_1 (id=?); USE TEMP B-TREE FOR ORDER BY',
    ],
  ],
  [
    'a request to stop an experiment',
    ({ runs }, { experimentId }) => runs.requestStopOfExperiment(experimentId, 'page'),
    [
      'SEARCH Run USING INDEX Run_status_idx (status=?)',
      'SEARCH Experiment USING INDEX sqlite_autoindex_Experiment_1 (id=?)',
      'SEARCH Run USING INDEX Run_experimentId_createdAt_idx (experimentId=?); USE TEMP B-TREE FOR LAST TERM OF ORDER BY',
      'SEARCH Run USING INDEX sqlite_autoindex_Run_1 (id=?)',
      'SCAN j VIRTUAL TABLE INDEX 1:; SEARCH Run USING INDEX sqlite_autoindex_Run_1 (id=?); USE TEMP B-TREE FOR ORDER BY',
    ],
  ],
  [
    'runs that are put away',
    ({ runs }, { ids }) => runs.archive(ids),
    [
      'SCAN j VIRTUAL TABLE INDEX 1:; USING INDEX sqlite_autoindex_Run_1 FOR IN-OPERATOR',
      'SCAN j VIRTUAL TABLE INDEX 1:; SEARCH Run USING INDEX sqlite_autoindex_Run_1 (id=?); USE TEMP B-TREE FOR ORDER BY',
      'SEARCH Run USING COVERING INDEX sqlite_autoindex_Run_1 (id=?)',
    ],
  ],
  [
    'tags that are set and taken away',
    ({ runs }, { ids }) => runs.setTags(ids, { a: 'b', round: null }),
    [
      'SCAN j VIRTUAL TABLE INDEX 1:; USING INDEX sqlite_autoindex_Run_1 FOR IN-OPERATOR',
      'SCAN j VIRTUAL TABLE INDEX 1:',
      'SEARCH Tag USING COVERING INDEX Tag_key_runId_number_value_idx (key=? AND runId=?)',
    ],
  ],
  [
    'experiments that mention a text',
    ({ experiments }) => experiments.list({ text: 'a' }),
    [
      'SEARCH Experiment USING INDEX Experiment_archivedAt_updatedAt_idx (archivedAt=?); USE TEMP B-TREE FOR LAST TERM OF ORDER BY',
      'SEARCH Run USING INDEX Run_experimentId_createdAt_idx (experimentId=?); USE TEMP B-TREE FOR GROUP BY',
      'SEARCH Experiment USING INDEX sqlite_autoindex_Experiment_1 (id=?)',
    ],
  ],
  [
    'signs of an experiment',
    ({ experiments }, { experimentId }) => experiments.signs(experimentId),
    [
      'SEARCH Experiment USING INDEX sqlite_autoindex_Experiment_1 (id=?)',
      'SEARCH Run USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx (experimentId=?)',
      'SEARCH Run USING INDEX Run_experimentId_createdAt_idx (experimentId=?); USE TEMP B-TREE FOR GROUP BY',
    ],
  ],
  [
    'signs of all experiments',
    ({ experiments }) => experiments.signs(null),
    [
      'SCAN Experiment USING INDEX sqlite_autoindex_Experiment_1',
      'SCAN Run USING COVERING INDEX Run_experimentId_archivedAt_id_createdAt_idx',
      'SEARCH Run USING INDEX Run_status_idx (status=?); USE TEMP B-TREE FOR GROUP BY',
    ],
  ],
  [
    'which experiments were asked to stop',
    ({ runs }, { experimentId }) => runs.experimentStops([experimentId]),
    ['SEARCH Experiment USING INDEX sqlite_autoindex_Experiment_1 (id=?)'],
  ],
  [
    'points of a series',
    ({ metrics }, { id }) => metrics.read(id, 'loss'),
    [
      'SEARCH MetricSeries USING INDEX MetricSeries_runId_key_key (runId=? AND key=?)',
      'SEARCH MetricChunk USING INDEX sqlite_autoindex_MetricChunk_1 (seriesId=? AND index>?); SEARCH MetricChunk USING COVERING INDEX sqlite_autoindex_MetricChunk_1 (seriesId=? AND index<?)',
    ],
  ],
  [
    'summaries of a run',
    ({ metrics }, { id }) => metrics.series(id),
    ['SEARCH MetricSeries USING INDEX MetricSeries_runId_key_key (runId=?); USE TEMP B-TREE FOR ORDER BY'],
  ],
  [
    'summaries of runs',
    ({ metrics }, { ids }) => metrics.seriesOf(ids),
    ['SEARCH MetricSeries USING INDEX MetricSeries_runId_key_key (runId=?); USE TEMP B-TREE FOR ORDER BY'],
  ],
  [
    'how many points runs have',
    ({ metrics }, { ids }) => metrics.countPoints(ids, 'loss'),
    ['SCAN j VIRTUAL TABLE INDEX 1:; SEARCH s USING INDEX MetricSeries_runId_key_key (runId=? AND key=?)'],
  ],
  [
    'when a run last measured',
    ({ metrics }, { id }) => metrics.lastTime(id),
    [
      'SEARCH MetricSeries USING COVERING INDEX MetricSeries_runId_key_key (runId=?); SEARCH MetricChunk USING INDEX sqlite_autoindex_MetricChunk_1 (seriesId=?); USE TEMP B-TREE FOR GROUP BY',
    ],
  ],
  [
    'points that are added and joined',
    ({ metrics }, { id }) => {
      metrics.append(id, [{ key: 'loss', offset: 2, ...points([3]) }]);
      metrics.compact(id);
    },
    [
      'SEARCH MetricSeries USING INDEX MetricSeries_runId_key_key (runId=? AND key=?)',
      'SEARCH MetricSeries USING INTEGER PRIMARY KEY (rowid=?)',
      'SEARCH MetricChunk USING INDEX sqlite_autoindex_MetricChunk_1 (seriesId=? AND index<?)',
      'SEARCH MetricChunk USING INDEX sqlite_autoindex_MetricChunk_1 (seriesId=? AND index=?)',
      'SEARCH MetricSeries USING INDEX MetricSeries_runId_key_key (runId=?); USE TEMP B-TREE FOR ORDER BY',
      'SEARCH MetricChunk USING COVERING INDEX sqlite_autoindex_MetricChunk_1 (seriesId=?)',
    ],
  ],
  [
    'files of a run',
    ({ artifacts }, { id }) => artifacts.list(id),
    ['SEARCH Artifact USING INDEX Artifact_runId_name_step_key (runId=?); USE TEMP B-TREE FOR ORDER BY'],
  ],
  [
    'files of a name',
    ({ artifacts }, { id }) => artifacts.list(id, 'log'),
    ['SEARCH Artifact USING INDEX Artifact_runId_name_step_key (runId=? AND name=?)'],
  ],
  [
    'how far files are',
    ({ artifacts }, { id }) => artifacts.reached(id),
    ['SEARCH Artifact USING INDEX Artifact_runId_name_step_key (runId=?)'],
  ],
  ['the links that open', ({ shares }) => shares.list(), ['SCAN Share; USE TEMP B-TREE FOR ORDER BY']],
  [
    'what a link shows',
    ({ shares }) => shares.resolve('a'.repeat(32)),
    ['SEARCH Share USING INDEX Share_tokenHash_key (tokenHash=?)'],
  ],
];

// The figures of docs/decisions/0009-tables-of-runs.md hang on these: each walk takes its index, and what is looked up for
// each run lies in one. Whoever changes a plan measures first.
describe('SQLite goes about', () => {
  let asked: Awaited<ReturnType<typeof recordToExplain>>;
  beforeAll(async () => {
    asked = await recordToExplain();
  });
  afterAll(() => asked.close());

  it.each(QUESTIONS)('%s as it was measured', async (_, ask, plans) => {
    expect(await asked.plansOf(ask)).toEqual(plans);
  });
});
