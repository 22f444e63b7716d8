import {
  type Config,
  damageReason,
  END_REASONS,
  isOwnSource,
  LIVE_STATUSES,
  naturalOrder,
  type ParamValue,
  REPETITION,
  RUN_SOURCES,
  RUN_STATUSES,
  type RunSource,
  type RunStatus,
} from '@whorl/core';
import type { MetricStore } from './metrics.ts';
import { isAlive } from './process-identity.ts';
import { readableRows } from './readable-rows.ts';
import { RowReader } from './row-reader.ts';
import type { SeriesSummary } from './series-summary.ts';
import { select, sql } from './sql/compose.ts';
import { anyOf } from './sql/sqlite.ts';
import type { Row, Statements } from './sql/statements.ts';
import { selectAll, TABLES } from './sql/tables.ts';

/** Versions, host, git commit: what helps to understand or repeat a run, as JSON values. */
export type Environment = Readonly<Record<string, unknown>>;

export interface RunRecord {
  readonly id: string;
  readonly experimentId: string;
  /** Who recorded it. Study, seed, engine, mode, config and its hash are null unless Whorl trained the run. */
  readonly source: RunSource;
  readonly name: string;
  readonly study: string | null;
  readonly seed: number | null;
  /** `crashed` where the recorded status is not one of Whorl's. */
  readonly status: RunStatus;
  readonly engine: string | null;
  readonly mode: string | null;
  /** Also null where it is damaged. */
  readonly config: Config | null;
  readonly configHash: string | null;
  readonly environment: Environment;
  readonly command: string;
  readonly notes: string;
  /** Why it ended before its last step; for a damaged row, what cannot be read. */
  readonly error: string | null;
  /** When something was last logged to a run of another program, whose process is not known; null for Whorl's own. */
  readonly newsAt: Date | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly durationMs: number | null;
  /** When it was taken out of the lists. */
  readonly archivedAt: Date | null;
  /** When a page or the command line asked it to stop; if it has not ended, it is about to. */
  readonly stopRequestedAt: Date | null;
  readonly stopRequestedBy: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly metrics: readonly SeriesSummary[];
  /** What cannot be read: columns of its row, or `row`, `params`, `tags`, `metrics`. */
  readonly damage: readonly string[];
}

const { Param, Run, Tag } = TABLES;

/** Runs as recorded. One that is partly unreadable is included and says so. */
export class RunRecords {
  readonly #statements: Statements;
  readonly #metrics: MetricStore;

  constructor(statements: Statements, metrics: MetricStore) {
    this.#statements = statements;
    this.#metrics = metrics;
  }

  /** The runs with these ids, in order; unknown ids are left out. */
  of(ids: readonly string[]): RunRecord[] {
    const damage = new Map<string, string[]>();
    const note = (id: string, what: string) => void damage.set(id, [...(damage.get(id) ?? []), what]);
    const rows = new Map(
      readableRows(
        ids,
        (some) => this.#rows(some),
        (id) => note(id, 'row'),
      ).map((row) => [row.id as string, row]),
    );
    const known = ids.filter((id) => rows.has(id) || damage.has(id));
    const params = byRun(
      readableRows(
        known,
        (some) => this.#params(some),
        (id) => note(id, 'params'),
      ),
    );
    const tags = byRun(
      readableRows(
        known,
        (some) => this.#tags(some),
        (id) => note(id, 'tags'),
      ),
    );
    const metrics = this.#metrics.seriesOf(known, (id) => note(id, 'metrics'));
    return known.map((id) => {
      const row = rows.get(id) ?? standIn(id);
      const parts = { params: params.get(id) ?? [], tags: tags.get(id) ?? [], metrics: metrics.get(id) ?? [] };
      return toRecord(row, parts, damage.get(id) ?? [], this.#statements.isReadOnly);
    });
  }

  #rows(ids: readonly string[]) {
    return this.#statements.objects(selectAll('Run')`WHERE ${Run.id} IN ${anyOf(ids)}`);
  }

  #params(ids: readonly string[]): Pair[] {
    const { runId, key, value, number } = Param;
    return this.#statements.rows(select(runId, key, value, number)`FROM ${Param} WHERE ${runId} IN ${anyOf(ids)}`);
  }

  #tags(ids: readonly string[]): Pair[] {
    const { runId, key, value } = Tag;
    return this.#statements.rows(select(runId, key, value, sql`NULL`)`FROM ${Tag} WHERE ${runId} IN ${anyOf(ids)}`);
  }
}

type Pair = readonly [runId: string, key: string, value: unknown, number: unknown];

function byRun(pairs: readonly Pair[]): Map<string, Pair[]> {
  const found = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const of = found.get(pair[0]);
    if (of) of.push(pair);
    else found.set(pair[0], [pair]);
  }
  return found;
}

/** Stands for a row of which nothing but its existence can be read. */
const UNREADABLE = 'row';
const standIn = (id: string): Row => ({ id, name: id });

interface Parts {
  readonly params: readonly Pair[];
  readonly tags: readonly Pair[];
  readonly metrics: readonly SeriesSummary[];
}

/** The last sign of life of a run's process, if that is gone. */
function goneAt(row: Row): Date | null {
  const reader = new RowReader(row);
  const process = { host: reader.text('host'), pid: reader.whole('pid'), processStart: reader.text('processStart') };
  const heartbeatAt = reader.date('heartbeatAt');
  return isAlive(process, heartbeatAt) ? null : heartbeatAt;
}

/** The columns that only runs trained by Whorl have. */
const trainedHere = (reader: RowReader) => ({
  study: reader.text('study'),
  seed: reader.whole('seed'),
  engine: reader.text('engine'),
  mode: reader.text('mode'),
  config: reader.object('config') as Config | null,
  configHash: reader.text('configHash'),
});
/** The seed that another program gave its run. */
const seedAmong = (params: readonly (readonly [string, ParamValue])[]): number | null => {
  const value = params.find(([key]) => key === REPETITION)?.[1];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
};

const TRAINED_ELSEWHERE: Record<keyof ReturnType<typeof trainedHere>, null> = {
  study: null,
  seed: null,
  engine: null,
  mode: null,
  config: null,
  configHash: null,
};

/** @param isReadOnly whether the record cannot be marked where a run's process is gone */
function toRecord(
  row: Row,
  { params, tags, metrics }: Parts,
  noted: readonly string[],
  isReadOnly: boolean,
): RunRecord {
  const reader = new RowReader(row);
  const values = params.map(([, key, value, number]): [string, ParamValue] => [
    key,
    typeof number === 'number' ? number : String(value),
  ]);
  const source = reader.oneOf('source', RUN_SOURCES, 'whorl');
  const read = {
    id: reader.text('id'),
    experimentId: reader.text('experimentId'),
    source,
    name: reader.text('name'),
    status: reader.oneOf('status', RUN_STATUSES, 'crashed'),
    ...(isOwnSource(source) ? trainedHere(reader) : { ...TRAINED_ELSEWHERE, seed: seedAmong(values) }),
    environment: reader.object('environment') ?? {},
    command: reader.text('command'),
    notes: reader.text('notes'),
    newsAt: isOwnSource(source) ? null : reader.date('heartbeatAt'),
    createdAt: reader.date('createdAt'),
    startedAt: reader.dateOrNull('startedAt'),
    endedAt: reader.dateOrNull('endedAt'),
    durationMs: reader.realOrNull('durationMs'),
    archivedAt: reader.dateOrNull('archivedAt'),
    stopRequestedAt: reader.dateOrNull('stopRequestedAt'),
    stopRequestedBy: reader.textOrNull('stopRequestedBy'),
  };
  const error = reader.textOrNull('error');
  const gone = isReadOnly && source === 'whorl' && LIVE_STATUSES.includes(read.status) ? goneAt(row) : null;
  const ended = gone === null ? {} : { status: 'crashed' as const, endedAt: gone };
  const reason = gone === null ? error : END_REASONS.died.en;
  const damage = noted.includes(UNREADABLE) ? noted : [...reader.damage, ...noted];
  return {
    ...read,
    ...ended,
    error: damage.length === 0 ? reason : damageReason(damage, reason),
    tags: Object.fromEntries(tags.map(([, key, value]) => [key, String(value)])),
    params: Object.fromEntries(values.sort(([a], [b]) => naturalOrder(a, b))),
    metrics,
    damage,
  };
}
