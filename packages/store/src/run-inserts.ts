import { type Config, canonicalJson, configHash, type EndStatus, type OWN_SOURCES, type ParamValue } from '@whorl/core';
import type { Columns } from './chunk-codec.ts';
import type { DataFiles } from './data-files.ts';
import { StoreError } from './errors.ts';
import { newId } from './ids.ts';
import type { MetricStore } from './metrics.ts';
import { paramRow } from './param-row.ts';
import { thisProcess } from './process-identity.ts';
import { tagNumber } from './run-edits.ts';
import { insertInto, update } from './sql/changes.ts';
import { sql } from './sql/compose.ts';
import { sqlDate } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';
import { checkKey } from './text-limits.ts';

/** A run that has ended, with everything known of it. */
export interface RunToInsert {
  readonly experimentId: string;
  readonly name: string;
  readonly config: Config;
  /** The params by which it is found; left out: the leaves of the config. */
  readonly params?: Readonly<Record<string, ParamValue>>;
  readonly status: EndStatus;
  readonly error?: string | null;
  /** Where Whorl trained it, `whorl` where nothing is said. */
  readonly source?: (typeof OWN_SOURCES)[number];
  readonly engine: string;
  readonly mode: string;
  readonly environment: Readonly<Record<string, unknown>>;
  readonly command: string;
  readonly notes?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly durationMs: number | null;
  readonly metrics: Readonly<Record<string, Columns>>;
}

/** Records runs from elsewhere: all of them or, after an error, none. */
export class RunInserts {
  readonly #statements: Statements;
  readonly #metrics: MetricStore;
  readonly #files: DataFiles;

  constructor(statements: Statements, metrics: MetricStore, files: DataFiles) {
    this.#statements = statements;
    this.#metrics = metrics;
    this.#files = files;
  }

  /** @returns the ids of the new runs, in order @throws StoreError `not-found` for an unknown experiment */
  async insertMany(runs: readonly RunToInsert[]): Promise<string[]> {
    const hashes = await Promise.all(runs.map(({ config }) => configHash(config)));
    return this.#statements.write(() => {
      this.#touchExperiments(runs);
      return runs.map((run, i) => this.#insert(run, hashes[i] as string));
    });
  }

  /** The same of one run, within a change of who calls. @throws StoreError `not-found` */
  insert(run: RunToInsert, hash: string): string {
    this.#touchExperiments([run]);
    return this.#insert(run, hash);
  }

  #touchExperiments(runs: readonly RunToInsert[]): void {
    for (const id of new Set(runs.map(({ experimentId }) => experimentId))) {
      const now = { updatedAt: sqlDate(Date.now()), archivedAt: null };
      const found = this.#statements.run(sql`${update('Experiment', now)} WHERE ${TABLES.Experiment.id} = ${id}`);
      if (found === 0) throw new StoreError('not-found', `no experiment "${id}"; whorl ls lists them`);
    }
  }

  #insert(run: RunToInsert, hash: string): string {
    const id = newId();
    const { config } = run;
    const keys = { param: run.params ?? {}, tag: run.tags ?? {}, metric: run.metrics };
    for (const [what, of] of Object.entries(keys)) for (const key of Object.keys(of)) checkKey(what, key);
    const created = sqlDate(run.createdAt.getTime());
    this.#statements.run(
      insertInto('Run', {
        id,
        experimentId: run.experimentId,
        source: run.source ?? 'whorl',
        name: run.name,
        study: config.study,
        seed: config.seed,
        status: run.status,
        engine: run.engine,
        mode: run.mode,
        config: canonicalJson(config),
        configHash: hash,
        environment: JSON.stringify(run.environment),
        command: run.command,
        notes: run.notes ?? '',
        error: run.error ?? null,
        ...thisProcess(),
        heartbeatAt: created,
        createdAt: created,
        startedAt: dateOrNull(run.startedAt),
        endedAt: dateOrNull(run.endedAt),
        durationMs: run.durationMs,
      }),
    );
    for (const param of Object.entries(run.params ?? this.#files.paramsOf(config)).map(paramRow)) {
      this.#statements.run(insertInto('Param', { runId: id, ...param }));
    }
    for (const [key, value] of Object.entries(run.tags ?? {})) {
      this.#statements.run(insertInto('Tag', { runId: id, key, value, number: tagNumber(value) }));
    }
    const batches = Object.entries(run.metrics).map(([key, columns]) => ({ key, offset: 0, ...columns }));
    this.#metrics.append(id, batches);
    return id;
  }
}

const dateOrNull = (date: Date | null): string | null => date && sqlDate(date.getTime());
