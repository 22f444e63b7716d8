import { type Config, canonicalJson, configHash, END_REASONS, type EndStatus } from '@whorl/core';
import { retryBusy } from './busy.ts';
import type { DataFiles } from './data-files.ts';
import { StoreError } from './errors.ts';
import { newId } from './ids.ts';
import type { MetricStore } from './metrics.ts';
import { paramRow } from './param-row.ts';
import { isAlive, thisProcess } from './process-identity.ts';
import { RowReader } from './row-reader.ts';
import type { Environment } from './run-record.ts';
import { isLive } from './run-status-sql.ts';
import { insertInto, type RowChange, update } from './sql/changes.ts';
import { select, sql } from './sql/compose.ts';
import { sqlDate } from './sql/sqlite.ts';
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

const { Experiment, Run } = TABLES;

/** The life of a run in the record: it starts, shows signs of life, ends, or is found dead. */
export class RunLives {
  readonly #statements: Statements;
  readonly #metrics: MetricStore;
  readonly #files: DataFiles;
  readonly #onCrashed: () => Promise<unknown>;

  /** @param onCrashed called after processes were found dead */
  constructor(statements: Statements, metrics: MetricStore, files: DataFiles, onCrashed: () => Promise<unknown>) {
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
    const now = sqlDate(Date.now());
    const hash = await configHash(config);
    const params = this.#files.paramsOf(config);
    const id = newId();
    const row = {
      ...{ ...run, id, study: config.study, seed: config.seed, status: 'running', notes: '' },
      config: canonicalJson(config),
      configHash: hash,
      environment: JSON.stringify(run.environment),
      ...thisProcess(),
      ...{ heartbeatAt: now, createdAt: now, startedAt: now },
    };
    await this.#write(() => {
      // An archived experiment returns to the list with its new run, so that nothing is recorded out of sight.
      if (!this.#updateExperiment(run.experimentId, { updatedAt: now, archivedAt: null })) {
        throw new StoreError('not-found', {
          en: `the experiment ${run.experimentId} was deleted: the run cannot be recorded in it; run the command again`,
          zh: `实验 ${run.experimentId} 已被删除，无法在其中记录运行；请重新运行命令`,
        });
      }
      this.#statements.run(insertInto('Run', row));
      for (const param of Object.entries(params).map(paramRow)) {
        this.#statements.run(insertInto('Param', { runId: id, ...param }));
      }
    });
    return id;
  }

  /** A sign of life of a running run. */
  async beat(id: string): Promise<void> {
    await this.#write(() => this.#update(id, { heartbeatAt: sqlDate(Date.now()) }));
  }

  /** Ends a run of this process. What became known only in training replaces what it started with. @throws StoreError `not-found` */
  async end(id: string, status: EndStatus, { error, durationMs, mode, environment }: RunEnd): Promise<void> {
    this.#metrics.compact(id);
    const now = sqlDate(Date.now());
    await this.#write(() => {
      const experimentId = this.#update(id, {
        ...{ status, error: error ?? null, durationMs, endedAt: now },
        ...(mode === undefined ? {} : { mode }),
        ...(environment === undefined ? {} : { environment: JSON.stringify(environment) }),
      });
      this.#updateExperiment(experimentId, { updatedAt: now });
    });
  }

  /** All of a change or nothing of it, however long another process writes. */
  #write<T>(change: () => T): Promise<T> {
    return retryBusy(async () => this.#statements.write(change));
  }

  /** Changes a run, and gives the id of its experiment. @throws StoreError `not-found` */
  #update(id: string, change: RowChange<'Run'>): string {
    const [experimentId] = this.#statements.column(select(Run.experimentId)`FROM ${Run} WHERE ${Run.id} = ${id}`);
    if (experimentId === undefined)
      throw new StoreError('not-found', `no run "${id}"; whorl ls <experiment> lists them`);
    this.#statements.run(sql`${update('Run', change)} WHERE ${Run.id} = ${id}`);
    return experimentId;
  }

  /** Whether there is such an experiment. */
  #updateExperiment(id: string, change: RowChange<'Experiment'>): boolean {
    return this.#statements.run(sql`${update('Experiment', change)} WHERE ${Experiment.id} = ${id}`) > 0;
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
      const endedAt = Math.max(heartbeatAt.getTime(), this.#metrics.lastTime(id) ?? 0);
      const crashed = update('Run', { status: 'crashed', error: END_REASONS.died.en, endedAt: sqlDate(endedAt) });
      await this.#write(() => this.#statements.run(sql`${crashed} WHERE ${Run.id} = ${id} AND ${isLive(Run)}`));
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
