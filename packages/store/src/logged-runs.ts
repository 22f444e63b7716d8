import type { EndStatus, RunSource, RunStatus } from '@whorl/core';
import type { ArtifactStore, NewArtifact } from './artifacts.ts';
import { StoreError } from './errors.ts';
import { newId } from './ids.ts';
import type { MetricStore, PointBatch } from './metrics.ts';
import { readParam } from './param-row.ts';
import { type PlainRun, readPlainRuns } from './plain-runs.ts';
import { tagNumber } from './run-edits.ts';
import type { Environment } from './run-record.ts';
import { type Statements, sql, sqlDate } from './sql.ts';
import { checkKey, checkText } from './text-limits.ts';

/** What the names of files begin with that programs log: a picture of theirs is not taken for one of ours. */
export const LOGGED_FILES = 'files/';

/** A run that another program trains. */
export interface NewLoggedRun {
  /** Made by the program, so that beginning it twice makes one run; a new one where it is left out. */
  readonly id?: string;
  readonly experimentId: string;
  readonly source: Exclude<RunSource, 'whorl'>;
  readonly name: string;
  readonly startedAt: Date;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly environment: Environment;
}

/** What a program logs of its run at once. */
export interface LoggedPart {
  /** Points of one metric each, in the order in which they came. */
  readonly series?: readonly PointBatch[];
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** How a run goes on. */
export interface LoggedChange {
  readonly status?: RunStatus;
  /** Null where it is none: a run that was over goes on. */
  readonly endedAt?: Date | null;
  readonly name?: string;
}

/** A param is what a run was told before it began: it does not become another. Nothing of the request was written. */
export class ParamConflict extends StoreError {
  readonly runId: string;
  readonly key: string;
  readonly before: string;
  readonly given: string;
  constructor(runId: string, key: string, before: string, given: string) {
    super(
      'conflict',
      `param ${key} of run ${runId} is ${JSON.stringify(before)} and cannot become ${JSON.stringify(given)}`,
    );
    this.runId = runId;
    this.key = key;
    this.before = before;
    this.given = given;
  }
}

/** A sign of life is noted so often at most: a program may log a thousand times a second. */
const BEAT_MS = 5_000;

type Told = readonly [experimentId: string, isArchived: 0 | 1, heartbeatAt: string, startedAt: string | null];

/**
 * Runs of other programs: they have params, tags, metrics and files, and no config, study, engine or process. Each call is one
 * transaction: all of it is in the record when it returns, or nothing is.
 */
export class LoggedRuns {
  readonly #statements: Statements;
  readonly #metrics: MetricStore;
  readonly #artifacts: ArtifactStore;

  constructor(statements: Statements, metrics: MetricStore, artifacts: ArtifactStore) {
    this.#statements = statements;
    this.#metrics = metrics;
    this.#artifacts = artifacts;
  }

  /**
   * The id of a run that has begun; of one that began before with this id, the same, and nothing is written.
   * @throws StoreError `not-found` for an experiment that there is not
   */
  start(run: NewLoggedRun): string {
    const id = run.id ?? newId();
    const now = sqlDate(Date.now());
    this.#inOne(() => {
      if (run.id !== undefined && this.#statements.rows(sql`SELECT 1 FROM Run WHERE id = ${id}`).length > 0) return;
      const found = this.#statements.run(
        sql`UPDATE Experiment SET updatedAt = ${now}, archivedAt = NULL WHERE id = ${run.experimentId}`,
      );
      if (found === 0) throw new StoreError('not-found', `no experiment "${run.experimentId}"; whorl ls lists them`);
      this.#statements.run(
        sql`INSERT INTO Run (id, experimentId, source, name, study, seed, status, engine, mode, config, configHash, environment,
          command, host, pid, processStart, heartbeatAt, createdAt, startedAt)
          VALUES (${id}, ${run.experimentId}, ${run.source}, ${run.name}, '', 0, 'running', '', '', '{}', '',
          ${JSON.stringify(run.environment)}, '', '', 0, '', ${now}, ${now}, ${sqlDate(run.startedAt.getTime())})`,
      );
      this.#addParams(id, run.params ?? {});
      this.#setTags(id, run.tags);
    });
    return id;
  }

  /** The runs with these ids, in their order, whoever recorded them; unknown ids are left out. */
  read(ids: readonly string[]): PlainRun[] {
    return readPlainRuns(this.#statements, this.#metrics, ids);
  }

  /** @throws StoreError `not-found`, `conflict` for an archived run, `bad-input`; ParamConflict */
  log(runId: string, { series = [], params = {}, tags = {} }: LoggedPart): void {
    this.#inOne(() => {
      this.#mustTake(runId);
      this.#addParams(runId, params);
      this.#setTags(runId, tags);
      this.#metrics.add(runId, series);
    });
  }

  /**
   * Keeps a file of a run under its name, which may have folders. It is none of those that Whorl makes of its own runs.
   * @throws StoreError `not-found`, `conflict` for an archived run, `bad-input` for a name that is no path
   */
  async putFile(runId: string, file: NewArtifact): Promise<void> {
    checkText('file name', file.name, { least: 1 });
    if (file.name.split('/').some((part) => part === '' || part === '.' || part === '..')) {
      throw new StoreError(
        'bad-input',
        `file name: expected names with / between them, got ${JSON.stringify(file.name)}`,
      );
    }
    this.#inOne(() => this.#mustTake(runId));
    await this.#artifacts.put(runId, { ...file, name: `${LOGGED_FILES}${file.name}` });
  }

  /** Takes a tag away; whether it was there. @throws StoreError `not-found`, `conflict` */
  deleteTag(runId: string, key: string): boolean {
    return this.#inOne(() => {
      this.#mustTake(runId);
      return this.#statements.run(sql`DELETE FROM Tag WHERE runId = ${runId} AND key = ${key}`) > 0;
    });
  }

  /** @throws StoreError `not-found`, `conflict` for an archived run */
  change(runId: string, { status, endedAt, name }: LoggedChange): void {
    this.#inOne(() => {
      const [experimentId, , , startedAt] = this.#mustTake(runId);
      if (name !== undefined) this.#statements.run(sql`UPDATE Run SET name = ${name} WHERE id = ${runId}`);
      if (status !== undefined) this.#statements.run(sql`UPDATE Run SET status = ${status} WHERE id = ${runId}`);
      if (endedAt !== undefined) {
        const durationMs = endedAt && startedAt ? endedAt.getTime() - Date.parse(startedAt) : null;
        this.#statements.run(
          sql`UPDATE Run SET endedAt = ${endedAt && sqlDate(endedAt.getTime())}, durationMs = ${durationMs} WHERE id = ${runId}`,
        );
      }
      this.#statements.run(sql`UPDATE Experiment SET updatedAt = ${sqlDate(Date.now())} WHERE id = ${experimentId}`);
    });
    if (status !== undefined && ENDED.includes(status)) this.#metrics.compact(runId);
  }

  /** The run that something is logged to, whose sign of life this is. */
  #mustTake(runId: string): Told {
    const [told] = this.#statements.rows<Told>(
      sql`SELECT experimentId, archivedAt IS NOT NULL, heartbeatAt, startedAt FROM Run WHERE id = ${runId}`,
    );
    if (!told) throw new StoreError('not-found', `no run "${runId}"; whorl ls <experiment> lists them`);
    if (told[1]) throw new StoreError('conflict', `run ${runId} is archived; restore it to log to it`);
    const now = Date.now();
    if (Math.abs(now - Date.parse(told[2])) > BEAT_MS) {
      this.#statements.run(sql`UPDATE Run SET heartbeatAt = ${sqlDate(now)} WHERE id = ${runId}`);
    }
    return told;
  }

  #addParams(runId: string, params: Readonly<Record<string, string>>): void {
    for (const [key, text] of Object.entries(params)) {
      checkKey('param', key);
      const [before] = this.#statements.column<string>(
        sql`SELECT value FROM Param WHERE runId = ${runId} AND key = ${key}`,
      );
      if (before === text) continue;
      if (before !== undefined) throw new ParamConflict(runId, key, before, text);
      const value = readParam(text);
      this.#statements.run(
        sql`INSERT INTO Param (runId, key, value, number) VALUES (${runId}, ${key}, ${text}, ${typeof value === 'number' ? value : null})`,
      );
    }
  }

  #setTags(runId: string, tags: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(tags)) {
      checkKey('tag', key);
      this.#statements.run(
        sql`INSERT INTO Tag (runId, key, value, number) VALUES (${runId}, ${key}, ${value}, ${tagNumber(value)})
            ON CONFLICT (runId, key) DO UPDATE SET value = excluded.value, number = excluded.number`,
      );
    }
  }

  #inOne<T>(work: () => T): T {
    return this.#statements.db.transaction(work).immediate();
  }
}

const ENDED: readonly RunStatus[] = ['finished', 'failed', 'interrupted', 'crashed'] satisfies readonly EndStatus[];
