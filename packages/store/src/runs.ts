import type { Config, EndStatus, FieldInfo } from '@whorl/core';
import { DataFiles } from './data-files.ts';
import { StoreError } from './errors.ts';
import type { MetricStore } from './metrics.ts';
import type { Page } from './page.ts';
import type { LazyPrisma } from './prisma-client.ts';
import { RunEdits } from './run-edits.ts';
import { type FieldsOf, type MetricKey, RunFields } from './run-fields.ts';
import { RunInserts, type RunToInsert } from './run-inserts.ts';
import { launchesOf } from './run-launches.ts';
import { RunLists, type RunName } from './run-lists.ts';
import { type NewRun, type RunEnd, RunLives } from './run-lives.ts';
import { type RunRecord, RunRecords } from './run-record.ts';
import type { RunScope, RunSelection, RunTable, SortKey, TableQuery } from './run-selection.ts';
import { type ExperimentStop, RunStops, type StopAnswer, type StopOrigin } from './run-stops.ts';
import { type FoundRun, RunTables } from './run-table.ts';
import type { Statements } from './sql/statements.ts';

/** Runs: how they are recorded, found, changed and asked to stop. */
export class RunStore {
  readonly #statements: Statements;
  readonly #records: RunRecords;
  readonly #lives: RunLives;
  readonly #lists: RunLists;
  readonly #tables: RunTables;
  readonly #fields: RunFields;
  readonly #edits: RunEdits;
  readonly #inserts: RunInserts;
  readonly #stops: RunStops;

  /** @param onCrashed called after processes were found dead */
  constructor(prisma: LazyPrisma, statements: Statements, metrics: MetricStore, onCrashed: () => Promise<unknown>) {
    const files = new DataFiles(statements);
    this.#statements = statements;
    this.#records = new RunRecords(statements, metrics);
    this.#lives = new RunLives(statements, metrics, files, onCrashed);
    this.#lists = new RunLists(prisma, statements, this.#records);
    this.#tables = new RunTables(statements);
    this.#fields = new RunFields(statements);
    this.#edits = new RunEdits(statements);
    this.#inserts = new RunInserts(statements, metrics, files);
    this.#stops = new RunStops(statements);
  }

  /** Records that a run has started, in this process. */
  async start(run: NewRun): Promise<RunRecord> {
    return this.get(await this.#lives.start(run));
  }

  /** A sign of life of a running run. */
  async beat(id: string): Promise<void> {
    await this.#lives.beat(id);
  }

  /** Ends a run of this process. What became known only in training replaces what it started with. */
  async end(id: string, status: EndStatus, end: RunEnd): Promise<RunRecord> {
    await this.#lives.end(id, status, end);
    return this.get(id);
  }

  /**
   * Marks runs whose process is gone as `crashed`, and returns their ids. For the record, a run ends at its last sign
   * of life: the last beat or the last point, whichever is later. None are marked in a record opened for reading, nor
   * runs of other programs, whose process is not known.
   */
  async markCrashed(): Promise<string[]> {
    return this.#lives.markCrashed();
  }

  /** @throws StoreError `not-found` */
  async get(id: string): Promise<RunRecord> {
    const [run] = this.#records.of([id]);
    if (!run) throw new StoreError('not-found', `no run "${id}"; whorl ls <experiment> lists them`);
    return run;
  }

  /** The runs with these ids, in order; unknown ids are left out. */
  async getMany(ids: readonly string[]): Promise<RunRecord[]> {
    return this.#records.of(ids);
  }

  /** An experiment's runs, newest first. */
  async list(
    experimentId: string,
    part: { cursor?: string | undefined; limit?: number } = {},
  ): Promise<Page<RunRecord>> {
    return this.#lists.page(experimentId, part);
  }

  /** All of an experiment's runs, newest first. */
  async all(experimentId: string): Promise<RunRecord[]> {
    return this.#lists.all(experimentId);
  }

  /** The ids of an experiment's runs that started, ended or trained at or after `since`, newest first. */
  async activeSince(experimentId: string, since: Date): Promise<string[]> {
    return this.#lists.activeSince(experimentId, since);
  }

  /** The runs of the same experiment created just before and just after a run. @throws StoreError `not-found` */
  async neighbours(id: string): Promise<{ older: RunName | null; newer: RunName | null }> {
    return this.#lists.neighbours(id);
  }

  /** A finished run of exactly this config in the experiment, wherever its data file was. */
  async findRecorded(experimentId: string, config: Config): Promise<RunRecord | null> {
    return this.#lists.findRecorded(experimentId, config);
  }

  /**
   * A page of a table of runs: the selected runs in order, with the values of some fields. @throws StoreError
   * `bad-input`
   */
  table(query: TableQuery): RunTable {
    return this.#tables.page(query);
  }

  /** The ids of the selected runs; without `sort`, newest first. */
  ids(selection: RunSelection, sort: readonly SortKey[] = []): string[] {
    return this.#tables.ids(selection, sort);
  }

  /** The latest runs, of any experiment, whose name or id contains the text. */
  named(text: string, limit: number): FoundRun[] {
    return this.#tables.named(text, limit);
  }

  /** How many runs a scope has, archived ones included. */
  count(scope: RunScope): number {
    return this.#tables.count(scope);
  }

  /** The launch of the recorder that trained each of the runs, counted from 1 among these. */
  launches(ids: readonly string[]): ReadonlyMap<string, number> {
    return launchesOf(this.#statements, ids);
  }

  /** Whether every one of the runs is of the experiment, and none is archived. */
  areOf(experimentId: string, runIds: readonly string[]): boolean {
    return this.#tables.areOf(experimentId, runIds);
  }

  /** The fields of runs, with how many runs have each and its most frequent values. */
  fields(of: FieldsOf): readonly FieldInfo[] {
    return this.#fields.list(of);
  }

  /** The params among `fields`, and the number of runs as the field `id`. */
  params(of: FieldsOf): readonly FieldInfo[] {
    return this.#fields.params(of);
  }

  /** The metrics that at least one of the runs has. */
  metricKeys(of: FieldsOf): readonly MetricKey[] {
    return this.#fields.metrics(of);
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
   * Sets tags of all of the runs, or of none; null removes a tag, other tags stay.
   * @throws StoreError `bad-input`, `not-found`
   */
  async setTags(ids: readonly string[], tags: Readonly<Record<string, string | null>>): Promise<void> {
    this.#edits.setTags(ids, tags);
  }

  /**
   * Takes runs out of lists and comparisons without losing anything.
   * @returns the ids of those not archived before
   * @throws StoreError `not-found`
   */
  async archive(ids: readonly string[]): Promise<string[]> {
    return this.#edits.archive(ids);
  }

  /**
   * Brings archived runs back.
   * @returns the ids of those that were archived
   * @throws StoreError `not-found`
   */
  async restore(ids: readonly string[]): Promise<string[]> {
    return this.#edits.restore(ids);
  }

  /** Asks runs to stop; the process that trains them ends them as `interrupted`. @throws StoreError `not-found` */
  async requestStop(ids: readonly string[], from: StopOrigin): Promise<StopAnswer> {
    const gone = await this.markCrashed();
    return this.#stops.ask(ids, from, gone);
  }

  /**
   * Asks the training of an experiment to stop, including runs that have not begun; runners started later do train.
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

  /** How many points the runs that have not ended have together, in one experiment or, for null, in all. */
  liveLogged(experimentId: string | null): number {
    return this.#lives.logged(experimentId);
  }

  /** Those of the runs that were asked to stop, and from where. */
  stopRequests(ids: readonly string[]): ReadonlyMap<string, StopOrigin> {
    return this.#stops.ofRuns(ids);
  }

  /** The latest request to stop for each of the experiments that has one. */
  experimentStops(experimentIds: readonly string[]): ReadonlyMap<string, ExperimentStop> {
    return this.#stops.ofExperiments(experimentIds);
  }

  /** Records runs from elsewhere, all or none, and returns their ids. @throws StoreError `not-found` */
  async insertMany(runs: readonly RunToInsert[]): Promise<string[]> {
    return this.#inserts.insertMany(runs);
  }
}
