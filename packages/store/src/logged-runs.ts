import { isOwnSource, LIVE_STATUSES, type OWN_SOURCES, type RunSource, type RunStatus } from '@whorl/core';
import type { ArtifactStore, NewArtifact } from './artifacts.ts';
import { StoreError } from './errors.ts';
import { newId } from './ids.ts';
import { LoggedParams, type SeedsTaken } from './logged-params.ts';
import type { MetricStore, PointBatch } from './metrics.ts';
import { type MeasuredOfModel, measureModel } from './model-metrics.ts';
import { type PlainRun, readPlainRuns } from './plain-runs.ts';
import { tagNumber } from './run-edits.ts';
import type { Environment } from './run-record.ts';
import { type FoundRuns, type RunSearch, searchRuns } from './run-search.ts';
import { insertInto, orUpdate, type RowChange, update } from './sql/changes.ts';
import { select, sql } from './sql/compose.ts';
import { sqlDate } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';
import { checkKey, checkText } from './text-limits.ts';

/** The prefix of the names of files that programs log, so that their pictures are not taken for ours. */
export const LOGGED_FILES = 'files/';

/** A run of another program. */
export interface NewLoggedRun {
  /** Chosen by the program, so that starting it twice makes one run; left out: a new id. */
  readonly id?: string;
  readonly experimentId: string;
  readonly source: Exclude<RunSource, (typeof OWN_SOURCES)[number]>;
  readonly name: string;
  readonly startedAt: Date;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Markdown. */
  readonly notes?: string;
  readonly environment: Environment;
}

/** What a program logs of a run in one request. */
export interface LoggedPart {
  /** Points of one metric each, in the order in which they came. */
  readonly series?: readonly PointBatch[];
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly name?: string;
  /** Markdown. */
  readonly notes?: string;
  /** The points that were measured of a model. */
  readonly measured?: readonly MeasuredOfModel[];
}

/** A change of a run's state. */
export interface LoggedChange {
  readonly status?: RunStatus;
  /** With status `running`: whether its program says that it has not begun. */
  readonly isScheduled?: boolean;
  /** Null where it has not ended: a run that was over goes on. */
  readonly endedAt?: Date | null;
  readonly name?: string;
}

/** What becomes known of a run later; what is left out stays. */
export interface RunRevision extends Pick<LoggedPart, 'params' | 'tags'> {
  /** Merged into what is known. */
  readonly environment?: Environment;
  readonly name?: string;
  readonly notes?: string;
  readonly startedAt?: Date;
}

/** A sign of life is written this often at most: a program may log a thousand times a second. */
const BEAT_MS = 5_000;

type Told = readonly [
  experimentId: string,
  isArchived: 0 | 1,
  heartbeatAt: string,
  startedAt: string | null,
  source: string,
];

const { Deletion, Experiment, Run, Tag } = TABLES;

/** The columns of a run that Whorl did not train. */
const NOT_OF_WHORL = {
  ...{ study: '', seed: 0, engine: '', mode: '', config: '{}', configHash: '', command: '' },
  ...{ host: '', pid: 0, processStart: '' },
};

/**
 * Runs of other programs: they have params, tags, metrics and files, but no config, study, engine or process. Each call
 * is one transaction: when it returns, all of it is in the record, or nothing.
 */
export class LoggedRuns {
  readonly #statements: Statements;
  readonly #metrics: MetricStore;
  readonly #artifacts: ArtifactStore;
  readonly #params: LoggedParams;

  constructor(statements: Statements, metrics: MetricStore, artifacts: ArtifactStore) {
    this.#statements = statements;
    this.#metrics = metrics;
    this.#artifacts = artifacts;
    this.#params = new LoggedParams(statements);
  }

  /**
   * Starts a run and returns its id; for an id that was started before it writes nothing.
   * @throws StoreError `not-found` for an unknown experiment, and for a run that was deleted for good
   */
  start(run: NewLoggedRun): string {
    const id = run.id ?? newId();
    const now = sqlDate(Date.now());
    this.#statements.write(() => {
      if (run.id !== undefined && this.#statements.rows(select(Run.id)`FROM ${Run} WHERE ${Run.id} = ${id}`).length > 0)
        return;
      const [gone] = this.#statements.column(select(Deletion.id)`FROM ${Deletion} WHERE ${Deletion.of} = ${id}`);
      if (gone !== undefined) throw new StoreError('not-found', `run ${id} was deleted for good`);
      const found = this.#touchExperiment(run.experimentId, { updatedAt: now, archivedAt: null });
      if (found === 0) throw new StoreError('not-found', `no experiment "${run.experimentId}"; whorl ls lists them`);
      this.#statements.run(
        insertInto('Run', {
          ...NOT_OF_WHORL,
          id,
          experimentId: run.experimentId,
          source: run.source,
          name: run.name,
          status: 'running',
          environment: JSON.stringify(run.environment),
          notes: run.notes ?? '',
          heartbeatAt: now,
          createdAt: now,
          startedAt: sqlDate(run.startedAt.getTime()),
        }),
      );
      this.#params.add(id, run.params ?? {});
      this.#setTags(id, run.tags);
    });
    return id;
  }

  /** The experiment of a run; null where there is no such run. */
  experimentOf(id: string): string | null {
    return this.#statements.column(select(Run.experimentId)`FROM ${Run} WHERE ${Run.id} = ${id}`)[0] ?? null;
  }

  /** Runs of some experiments, by page, whoever recorded them. @throws StoreError `bad-input` */
  search(search: RunSearch): FoundRuns {
    return searchRuns(this.#statements, search);
  }

  /** The runs with these ids, in order, whoever recorded them; unknown ids are left out. */
  read(ids: readonly string[]): PlainRun[] {
    return readPlainRuns(this.#statements, this.#metrics, ids);
  }

  /** @throws StoreError `not-found`; `conflict` for an archived run; `bad-input`; ParamConflict */
  log(runId: string, { series = [], params = {}, tags = {}, name, notes, measured = [] }: LoggedPart): void {
    const isTraining = series.length > 0 || measured.length > 0 || Object.keys(params).length > 0;
    this.#statements.write(() => {
      this.#mustTake(runId, isTraining);
      this.#params.add(runId, params);
      this.#setTags(runId, tags);
      if (name !== undefined) this.#update(runId, { name });
      if (notes !== undefined) this.#update(runId, { notes });
      this.#metrics.add(runId, series);
      for (const point of measured) measureModel(this.#statements, runId, point);
    });
  }

  /**
   * What a source says of its run after its start, or differently than before: a file may hold what its program
   * changed.
   * @throws StoreError `not-found`; `conflict` for an archived run; `bad-input`
   */
  revise(runId: string, { params = {}, tags = {}, environment = {}, name, notes, startedAt }: RunRevision): void {
    this.#statements.write(() => {
      this.#mustTake(runId);
      for (const [key, text] of Object.entries(params)) this.#params.replace(runId, key, text);
      this.#setTags(runId, tags);
      const [before = '{}'] = this.#statements.column(select(Run.environment)`FROM ${Run} WHERE ${Run.id} = ${runId}`);
      const whole = { ...(JSON.parse(before) as Environment), ...environment };
      this.#update(runId, {
        environment: JSON.stringify(whole),
        ...(name !== undefined && { name }),
        ...(notes !== undefined && { notes }),
        ...(startedAt !== undefined && { startedAt: sqlDate(startedAt.getTime()) }),
      });
    });
  }

  /**
   * Keeps a file of a run under its name, which may contain folders, apart from files that Whorl makes of its own runs.
   * @throws StoreError `not-found`; `conflict` for an archived run; `bad-input` for a name that is not a path
   */
  async putFile(runId: string, file: NewArtifact): Promise<void> {
    checkText('file name', file.name, { least: 1 });
    if (file.name.split('/').some((part) => part === '' || part === '.' || part === '..')) {
      throw new StoreError(
        'bad-input',
        `file name: expected names with / between them, got ${JSON.stringify(file.name)}`,
      );
    }
    this.#statements.write(() => this.#mustTake(runId));
    await this.#artifacts.put(runId, { ...file, name: `${LOGGED_FILES}${file.name}` });
  }

  /**
   * Takes the seed of an experiment's runs that Whorl did not train, later ones included, from this param; for null,
   * from a param whose name means a seed.
   * @throws StoreError `not-found`; `conflict` where runs have a param `seed`
   */
  takeSeedFrom(experimentId: string, key: string | null): SeedsTaken {
    return this.#statements.write(() => {
      const taken = this.#params.takeSeedFrom(experimentId, key);
      this.#touchExperiment(experimentId, { updatedAt: sqlDate(Date.now()) });
      return taken;
    });
  }

  /** Deletes a tag. @returns whether there was one @throws StoreError `not-found`, `conflict` */
  deleteTag(runId: string, key: string): boolean {
    return this.#statements.write(() => {
      this.#mustTake(runId);
      return this.#statements.run(sql`DELETE FROM ${Tag} WHERE ${Tag.runId} = ${runId} AND ${Tag.key} = ${key}`) > 0;
    });
  }

  /** @throws StoreError `not-found`; `conflict` for an archived run */
  change(runId: string, { status, isScheduled = false, endedAt, name }: LoggedChange): void {
    this.#statements.write(() => {
      const [experimentId, , , startedAt] = this.#mustTake(runId, status !== undefined || endedAt !== undefined);
      if (name !== undefined) this.#update(runId, { name });
      if (status !== undefined) {
        const scheduledAt = isScheduled ? sqlDate(Date.now()) : null;
        this.#update(runId, { status, scheduledAt, ...(status === 'running' && GOES_ON) });
      }
      if (endedAt !== undefined) {
        const durationMs = endedAt && startedAt ? endedAt.getTime() - Date.parse(startedAt) : null;
        this.#update(runId, { endedAt: endedAt && sqlDate(endedAt.getTime()), durationMs });
      }
      this.#touchExperiment(experimentId, { updatedAt: sqlDate(Date.now()) });
    });
    if (status !== undefined && !LIVE_STATUSES.includes(status)) this.#metrics.compact(runId);
  }

  /**
   * The run to which something is logged; this counts as its sign of life.
   * @param training whether only the trainer can log it: nobody else can for Whorl's own runs
   */
  #mustTake(runId: string, training = false): Told {
    const { experimentId, archivedAt, heartbeatAt, startedAt, source } = Run;
    const [told] = this.#statements.rows(
      select(experimentId, sql<0 | 1>`${archivedAt} IS NOT NULL`, heartbeatAt, startedAt, source)`
        FROM ${Run} WHERE ${Run.id} = ${runId}`,
    );
    if (!told) throw new StoreError('not-found', `no run "${runId}"; whorl ls <experiment> lists them`);
    if (told[1]) throw new StoreError('conflict', `run ${runId} is archived; restore it to log to it`);
    const isOwn = isOwnSource(told[4]);
    if (training && isOwn) {
      throw new StoreError(
        'conflict',
        `run ${runId} was trained by Whorl: only its name, notes and tags can be changed`,
      );
    }
    const now = Date.now();
    if (!isOwn && Math.abs(now - Date.parse(told[2])) > BEAT_MS) this.#update(runId, { heartbeatAt: sqlDate(now) });
    return told;
  }

  #update(runId: string, change: RowChange<'Run'>): void {
    this.#statements.run(sql`${update('Run', change)} WHERE ${Run.id} = ${runId}`);
  }

  /** How many experiments were changed: 0 for an unknown id. */
  #touchExperiment(id: string, change: RowChange<'Experiment'>): number {
    return this.#statements.run(sql`${update('Experiment', change)} WHERE ${Experiment.id} = ${id}`);
  }

  #setTags(runId: string, tags: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(tags)) {
      checkKey('tag', key);
      const row = insertInto('Tag', { runId, key, value, number: tagNumber(value) });
      this.#statements.run(sql`${row} ${orUpdate('Tag', ['runId', 'key'], ['value', 'number'])}`);
    }
  }
}

/** A run that was over and goes on. */
const GOES_ON = { endedAt: null, durationMs: null } as const;
