import { type Config, canonicalJson, configHash, END_REASONS, type EndStatus, LIVE_STATUSES } from '@whorl/core';
import { retryBusy } from './busy.ts';
import type { DataFiles } from './data-files.ts';
import { StoreError } from './errors.ts';
import type { PrismaClient } from './generated/client.ts';
import { newId } from './ids.ts';
import type { MetricStore } from './metrics.ts';
import { paramRow } from './param-row.ts';
import { isAlive, thisProcess } from './process-identity.ts';
import { RowReader } from './row-reader.ts';
import type { Environment } from './run-record.ts';
import { isLive } from './run-status-sql.ts';
import { select, sql } from './sql/compose.ts';
import type { Statements } from './sql/statements.ts';
import { selectAll, TABLES, tableAs } from './sql/tables.ts';

export interface NewRun {
  readonly experimentId: string;
  readonly name: string;
  readonly config: Config;
  readonly engine: string;
  /** Empty until it is known how steps will run. */
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

const { Run } = TABLES;

/** The life of a run in the record: it starts, shows signs of life, ends, or is found dead. */
export class RunLives {
  readonly #prisma: PrismaClient;
  readonly #statements: Statements;
  readonly #metrics: MetricStore;
  readonly #files: DataFiles;
  readonly #onCrashed: () => Promise<unknown>;

  /** @param onCrashed called after processes were found dead */
  constructor(
    prisma: PrismaClient,
    statements: Statements,
    metrics: MetricStore,
    files: DataFiles,
    onCrashed: () => Promise<unknown>,
  ) {
    this.#prisma = prisma;
    this.#statements = statements;
    this.#metrics = metrics;
    this.#files = files;
    this.#onCrashed = onCrashed;
  }

  /**
   * Records that a run starts in this process, and returns its id. @throws StoreError `not-found` for an unknown
   * experiment
   */
  async start({ config, ...run }: NewRun): Promise<string> {
    const now = new Date();
    const hash = await configHash(config);
    const params = this.#files.paramsOf(config);
    const id = newId();
    const write = () =>
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
      });
    await retryBusy(write).catch((error: unknown) => {
      // P2003: Prisma's code for a violated foreign key.
      if ((error as { code?: unknown } | null)?.code !== 'P2003') throw error;
      throw new StoreError('not-found', {
        en: `the experiment ${run.experimentId} was deleted: the run cannot be recorded in it; run the command again`,
        zh: `实验 ${run.experimentId} 已被删除，无法在其中记录运行；请重新运行命令`,
      });
    });
    // An archived experiment returns to the list with its new run, so that nothing is recorded out of sight.
    await this.#updateExperiment(run.experimentId, { updatedAt: now, archivedAt: null });
    return id;
  }

  /** A sign of life of a running run. */
  async beat(id: string): Promise<void> {
    await retryBusy(() =>
      this.#prisma.run.update({ where: { id }, data: { heartbeatAt: new Date() }, select: { id: true } }),
    );
  }

  /** Ends a run of this process. What became known only in training replaces what it started with. */
  async end(id: string, status: EndStatus, { error, durationMs, mode, environment }: RunEnd): Promise<void> {
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
  }

  async #updateExperiment(id: string, data: { updatedAt: Date; archivedAt?: null }): Promise<void> {
    await retryBusy(() => this.#prisma.experiment.update({ where: { id }, data, select: { id: true } }));
  }

  /**
   * Marks runs whose process is gone as `crashed`, and returns their ids. For the record, a run ends at its last sign
   * of life: the last beat or the last point, whichever is later. A record opened for reading marks none.
   */
  async markCrashed(): Promise<string[]> {
    if (this.#statements.isReadOnly) return [];
    const live = this.#statements
      .objects(selectAll('Run')`WHERE ${isLive(Run)} AND ${Run.source} = 'whorl'`)
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

  /** How many points the runs that have not ended have together, in one experiment or, for null, in all. */
  logged(experimentId: string | null): number {
    const of = experimentId === null ? sql`` : sql`AND ${Run.experimentId} = ${experimentId}`;
    const series = tableAs('MetricSeries', 's');
    const [points = 0] = this.#statements.column(
      select(sql<number>`coalesce(sum(${series.count}), 0)`)`
        FROM ${Run} JOIN ${series} ON ${series.runId} = ${Run.id} WHERE ${isLive(Run)} AND ${Run.archivedAt} IS NULL ${of}`,
    );
    return points;
  }
}
