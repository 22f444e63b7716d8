import {
  type Config,
  canonicalJson,
  configHash,
  END_REASONS,
  type EndStatus,
  type FieldInfo,
  LIVE_STATUSES,
} from '@whorl/core';
import { retryBusy } from './busy.ts';
import { DataFiles } from './data-files.ts';
import { StoreError } from './errors.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { newId } from './ids.ts';
import type { MetricStore } from './metrics.ts';
import type { Page } from './page.ts';
import { paramRow } from './param-row.ts';
import { isAlive, thisProcess } from './process-identity.ts';
import { RowReader } from './row-reader.ts';
import { RunEdits } from './run-edits.ts';
import { type FieldsOf, RunFields } from './run-fields.ts';
import { RunInserts, type RunToInsert } from './run-inserts.ts';
import { launchesOf } from './run-launches.ts';
import { type Environment, type RunRecord, RunRecords } from './run-record.ts';
import type { RunScope, RunSelection, RunTable, SortKey, TableQuery } from './run-selection.ts';
import { type ExperimentStop, RunStops, type StopAnswer, type StopOrigin } from './run-stops.ts';
import { RunTables } from './run-table.ts';
import { type Statements, sql } from './sql.ts';

/** What a link to a run needs. */
export type RunName = Pick<RunRecord, 'id' | 'name'>;

export interface NewRun {
  readonly experimentId: string;
  readonly name: string;
  readonly config: Config;
  readonly engine: string;
  /** Empty while it is not known how steps will run. */
  readonly mode: 'compiled' | 'eager' | '';
  readonly environment: Environment;
  readonly command: string;
}

/** How a run ended. */
export interface RunEnd {
  readonly durationMs: number;
  readonly error?: string;
  readonly mode?: 'compiled' | 'eager';
  readonly environment?: Environment;
}

const LIVE = JSON.stringify(LIVE_STATUSES);

export class RunStore {
  readonly #prisma: PrismaClient;
  readonly #metrics: MetricStore;
  readonly #statements: Statements;
  readonly #isReadOnly: boolean;
  readonly #onCrashed: () => Promise<unknown>;
  readonly #records: RunRecords;
  readonly #tables: RunTables;
  readonly #fields: RunFields;
  readonly #edits: RunEdits;
  readonly #inserts: RunInserts;
  readonly #files: DataFiles;
  readonly #stops: RunStops;

  /** @param onCrashed does what is due after processes were found to have died */
  constructor(prisma: PrismaClient, statements: Statements, metrics: MetricStore, onCrashed: () => Promise<unknown>) {
    this.#prisma = prisma;
    this.#onCrashed = onCrashed;
    this.#metrics = metrics;
    this.#statements = statements;
    this.#isReadOnly = statements.db.readonly;
    this.#records = new RunRecords(statements, metrics);
    this.#tables = new RunTables(statements);
    this.#fields = new RunFields(statements);
    this.#edits = new RunEdits(statements);
    this.#files = new DataFiles(statements);
    this.#inserts = new RunInserts(statements, metrics, this.#files);
    this.#stops = new RunStops(statements);
  }

  /** Records that a run has started, in this process. */
  async start({ config, ...run }: NewRun): Promise<RunRecord> {
    const now = new Date();
    const hash = await configHash(config);
    const params = this.#files.paramsOf(config);
    const id = newId();
    await retryBusy(() =>
      this.#prisma.run.create({
        data: {
          ...run,
          id,
          study: config.study,
          seed: config.seed,
          status: 'running',
          config: canonicalJson(config),
          configHash: hash,
          environment: JSON.stringify(run.environment),
          ...thisProcess(),
          heartbeatAt: now,
          startedAt: now,
          params: { create: Object.entries(params).map(paramRow) },
        },
        select: { id: true },
      }),
    );
    // What is recorded shows: an experiment that was put away is back in the list with its new run.
    await this.#updateExperiment(run.experimentId, { updatedAt: now, archivedAt: null });
    return this.get(id);
  }

  /** A sign of life of a running run. */
  async beat(id: string): Promise<void> {
    await retryBusy(() =>
      this.#prisma.run.update({ where: { id }, data: { heartbeatAt: new Date() }, select: { id: true } }),
    );
  }

  /** Ends a run of this process. What became known only while it trained replaces what it started with. */
  async end(id: string, status: EndStatus, { error, durationMs, mode, environment }: RunEnd): Promise<RunRecord> {
    this.#metrics.compact(id);
    const now = new Date();
    const data = {
      status,
      error: error ?? null,
      durationMs,
      endedAt: now,
      ...(mode === undefined ? {} : { mode }),
      ...(environment === undefined ? {} : { environment: JSON.stringify(environment) }),
    };
    const { experimentId } = await retryBusy(() =>
      this.#prisma.run.update({ where: { id }, data, select: { experimentId: true } }),
    );
    await this.#updateExperiment(experimentId, { updatedAt: now });
    return this.get(id);
  }

  async #updateExperiment(id: string, data: { updatedAt: Date; archivedAt?: null }): Promise<void> {
    await retryBusy(() => this.#prisma.experiment.update({ where: { id }, data, select: { id: true } }));
  }

  /**
   * Marks as `crashed` the runs whose process is gone, and returns their ids. A run ends, for the record, at its last
   * sign of life: the last beat or the last point, whichever came later. Of a record that is only read, none.
   */
  async markCrashed(): Promise<string[]> {
    if (this.#isReadOnly) return [];
    const live = this.#statements
      .objects(
        sql`SELECT id, host, pid, processStart, heartbeatAt FROM Run WHERE status IN (SELECT value FROM json_each(${LIVE}))`,
      )
      .map((row) => {
        const reader = new RowReader(row);
        const process = {
          host: reader.text('host'),
          pid: reader.whole('pid'),
          processStart: reader.text('processStart'),
        };
        return { id: reader.text('id'), process, heartbeatAt: reader.date('heartbeatAt') };
      });
    const dead = live.filter(({ process, heartbeatAt }) => !isAlive(process, heartbeatAt));
    for (const { id, heartbeatAt } of dead) {
      const endedAt = new Date(Math.max(heartbeatAt.getTime(), this.#metrics.lastTime(id) ?? 0));
      await retryBusy(() =>
        this.#prisma.run.updateMany({
          where: { id, status: { in: [...LIVE_STATUSES] } },
          data: { status: 'crashed', error: END_REASONS.died.en, endedAt },
        }),
      );
    }
    if (dead.length > 0) await this.#onCrashed();
    return dead.map(({ id }) => id);
  }

  /** @throws StoreError `not-found` */
  async get(id: string): Promise<RunRecord> {
    const [run] = this.#records.of([id]);
    if (!run) throw new StoreError('not-found', `no run "${id}"; whorl ls <experiment> lists them`);
    return run;
  }

  /** The runs with these ids, in their order; unknown ids are left out. */
  async getMany(ids: readonly string[]): Promise<RunRecord[]> {
    return this.#records.of(ids);
  }

  /** An experiment's runs, newest first. */
  async list(
    experimentId: string,
    { cursor, limit = 100 }: { cursor?: string | undefined; limit?: number } = {},
  ): Promise<Page<RunRecord>> {
    const records = await this.#find({
      where: { experimentId, archivedAt: null },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      ...(cursor === undefined ? {} : { cursor: { id: cursor } }),
    });
    return { items: records.slice(0, limit), nextCursor: records[limit]?.id ?? null };
  }

  /** All of an experiment's runs, newest first. */
  async all(experimentId: string): Promise<RunRecord[]> {
    const found: RunRecord[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.list(experimentId, { cursor, limit: 500 });
      found.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found;
  }

  /** The ids of an experiment's runs that started, ended or were training at or after `since`, newest first. */
  async activeSince(experimentId: string, since: Date): Promise<string[]> {
    const rows = await this.#prisma.run.findMany({
      where: {
        experimentId,
        archivedAt: null,
        OR: [{ status: { in: [...LIVE_STATUSES] } }, { endedAt: { gte: since } }, { createdAt: { gte: since } }],
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  }

  /** The runs of the same experiment that were made just before and just after a run. @throws StoreError `not-found` */
  async neighbours(id: string): Promise<{ older: RunName | null; newer: RunName | null }> {
    const select = { id: true, name: true } as const;
    const run = await this.#prisma.run.findUnique({ where: { id }, select: { experimentId: true, createdAt: true } });
    if (!run) throw new StoreError('not-found', `no run "${id}"; whorl ls <experiment> lists them`);
    const { experimentId, createdAt } = run;
    const [older, newer] = await Promise.all(
      (['desc', 'asc'] as const).map((order) => {
        const beyond = order === 'desc' ? 'lt' : 'gt';
        return this.#prisma.run.findFirst({
          where: {
            experimentId,
            archivedAt: null,
            OR: [{ createdAt: { [beyond]: createdAt } }, { createdAt, id: { [beyond]: id } }],
          },
          orderBy: [{ createdAt: order }, { id: order }],
          select,
        });
      }),
    );
    return { older: older ?? null, newer: newer ?? null };
  }

  /** A finished run of exactly this config in the experiment, wherever its file lay. */
  async findRecorded(experimentId: string, config: Config): Promise<RunRecord | null> {
    const [found] = await this.#find({
      where: { experimentId, configHash: await configHash(config), status: 'finished', archivedAt: null },
      orderBy: { createdAt: 'desc' },
      take: 1,
    });
    return found ?? null;
  }

  /** A part of a table of runs: the selected runs in order, with the values of some fields. @throws StoreError `bad-input` */
  table(query: TableQuery): RunTable {
    return this.#tables.page(query);
  }

  /** The ids of the selected runs, newest first where nothing is said of the order. */
  ids(selection: RunSelection, sort: readonly SortKey[] = []): string[] {
    return this.#tables.ids(selection, sort);
  }

  /** How many runs a scope has, archived ones too. */
  count(scope: RunScope): number {
    return this.#tables.count(scope);
  }

  /** In which launch of the recorder each of the runs came, counted from 1 among these. */
  launches(ids: readonly string[]): ReadonlyMap<string, number> {
    return launchesOf(this.#statements, ids);
  }

  /** Whether every one of the runs is of the experiment, and none is archived. */
  areOf(experimentId: string, runIds: readonly string[]): boolean {
    return this.#tables.areOf(experimentId, runIds);
  }

  /** What runs have, with how many have it and its most frequent values. */
  fields(of: FieldsOf): readonly FieldInfo[] {
    return this.#fields.list(of);
  }

  /** The metrics of which one of the runs has more than one point. */
  curvedMetrics(of: FieldsOf): readonly string[] {
    return this.#fields.curved(of);
  }

  /** @throws StoreError `bad-input`, `not-found` */
  async rename(id: string, name: string): Promise<void> {
    this.#edits.rename(id, name);
  }

  /** Notes are Markdown. @throws StoreError `bad-input`, `not-found` */
  async setNotes(id: string, notes: string): Promise<void> {
    this.#edits.setNotes(id, notes);
  }

  /**
   * Sets tags of runs, of all or of none; null takes a tag away, and tags that are not named stay.
   * @throws StoreError `bad-input`, `not-found`
   */
  async setTags(ids: readonly string[], tags: Readonly<Record<string, string | null>>): Promise<void> {
    this.#edits.setTags(ids, tags);
  }

  /**
   * Takes runs out of lists and comparisons; nothing of them is lost.
   * @returns the ids of those that were not out already
   * @throws StoreError `not-found`
   */
  async archive(ids: readonly string[]): Promise<string[]> {
    return this.#edits.archive(ids);
  }

  /**
   * Brings archived runs back.
   * @returns the ids of those that were out
   * @throws StoreError `not-found`
   */
  async restore(ids: readonly string[]): Promise<string[]> {
    return this.#edits.restore(ids);
  }

  /** Asks runs to stop; whoever trains them ends them as `interrupted`. @throws StoreError `not-found` */
  async requestStop(ids: readonly string[], from: StopOrigin): Promise<StopAnswer> {
    const gone = await this.markCrashed();
    return this.#stops.ask(ids, from, gone);
  }

  /**
   * Asks the training of an experiment to stop, with the runs that have not begun; runners that are started later train.
   * @throws StoreError `not-found`
   */
  async requestStopOfExperiment(experimentId: string, from: StopOrigin): Promise<StopAnswer> {
    const gone = await this.markCrashed();
    return this.#stops.askExperiment(experimentId, from, gone);
  }

  /** Those of the runs that have not ended. */
  liveAmong(ids: readonly string[]): string[] {
    return this.#stops.liveAmong(ids);
  }

  /** How many points the runs that have not ended have together: of an experiment, or of all where it is null. */
  liveLogged(experimentId: string | null): number {
    const [points = 0] = this.#statements.column<number>(
      sql`SELECT coalesce(sum(s.count), 0) FROM Run JOIN MetricSeries s ON s.runId = Run.id WHERE Run.status IN (SELECT value FROM json_each(${LIVE})) AND Run.archivedAt IS NULL AND (${experimentId} IS NULL OR Run.experimentId = ${experimentId})`,
    );
    return points;
  }

  /** Those of the runs that were asked to stop, and from where. */
  stopRequests(ids: readonly string[]): ReadonlyMap<string, StopOrigin> {
    return this.#stops.ofRuns(ids);
  }

  /** The latest request to stop of each of the experiments that has one. */
  experimentStops(experimentIds: readonly string[]): ReadonlyMap<string, ExperimentStop> {
    return this.#stops.ofExperiments(experimentIds);
  }

  /** Writes runs that were recorded elsewhere, all or none, and gives their ids. @throws StoreError `not-found` */
  async insertMany(runs: readonly RunToInsert[]): Promise<string[]> {
    return this.#inserts.insertMany(runs);
  }

  /** The runs that a question finds. Only their ids are asked of Prisma: of a row that it cannot read it gives none. */
  async #find(query: Omit<Prisma.RunFindManyArgs, 'select' | 'include' | 'omit'>): Promise<RunRecord[]> {
    const rows = await this.#prisma.run.findMany({ ...query, select: { id: true } });
    return this.#records.of(rows.map(({ id }) => id));
  }
}
