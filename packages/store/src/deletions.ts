import { createHash } from 'node:crypto';
import type { ArtifactStore } from './artifacts.ts';
import { retryBusy } from './busy.ts';
import { countFiles, type Doomed, doomedModels, filesOnlyOf, takeRows } from './doomed.ts';
import { StoreError } from './errors.ts';
import { changedShares, pruneLinks } from './run-links.ts';
import { isLive } from './run-status-sql.ts';
import { insertInto } from './sql/changes.ts';
import { COUNT, type Sql, select, sql } from './sql/compose.ts';
import { anyOf, rowsOf, sqlDate } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES, type Table } from './sql/tables.ts';

/** What is to be deleted: experiments with all that is in them, and runs. */
export interface DeletionTarget {
  readonly experimentIds?: readonly string[];
  readonly runIds?: readonly string[];
}

/** All that goes with a deletion. */
export interface DeletionLoss {
  readonly experiments: number;
  readonly runs: number;
  /** Those of the runs that have not ended, in no order: they have to be stopped first. */
  readonly live: readonly string[];
  readonly points: number;
  /** How many files of the runs, and of models that are deleted with them. */
  readonly files: number;
  /** The bytes on disk of their files that nothing else needs. */
  readonly bytes: number;
  /** How many logged models only these runs made or used. */
  readonly models: number;
  /** How many saved views the experiments have. */
  readonly views: number;
  /** How many open share links then lead to nothing. */
  readonly shares: number;
  /** How many open links to a comparison then show fewer runs. */
  readonly narrowedShares: number;
  /** Text that identifies this loss: deleting takes it, so that nothing goes that was not shown. */
  readonly sign: string;
}

/** Something that was deleted for good. */
export interface DeletedThing {
  /** A sequence number that grows with each deletion. */
  readonly number: number;
  readonly kind: 'experiment' | 'run';
  readonly id: string;
  /** The experiment of a deleted run. */
  readonly experimentId: string;
  readonly deletedAt: Date;
}

const { Deletion, Experiment, MetricSeries, Run, SavedView } = TABLES;

/** Deleting for good: the rows in one transaction, then the files that nothing else needs. */
export class Deletions {
  readonly #statements: Statements;
  readonly #artifacts: ArtifactStore;

  constructor(statements: Statements, artifacts: ArtifactStore) {
    this.#statements = statements;
    this.#artifacts = artifacts;
  }

  /** What would go. @throws StoreError `not-found` */
  preview(target: DeletionTarget): DeletionLoss {
    return this.#statements.read(() => this.#lossOf(this.#doomed(target)));
  }

  /**
   * Deletes for good what `preview` showed. After an error no row is deleted; a process that dies after the rows leaves
   * files for a sweep to find.
   * @param sign that of the loss to which somebody agreed
   * @throws StoreError `not-found`; `conflict` where a run has not ended, or other things would go than were agreed to
   */
  async delete(target: DeletionTarget, sign: string): Promise<DeletionLoss> {
    const { loss, hashes } = await retryBusy(async () =>
      this.#statements.write(() => {
        const doomed = this.#doomed(target);
        const loss = this.#lossOf(doomed);
        mustBeOver(loss.live);
        mustBeAgreed(loss, sign);
        const hashes = this.#statements.column(select(sql<string>`sha256`)`FROM (${filesOnlyOf(doomed)})`);
        const now = new Date();
        pruneLinks(this.#statements, doomed, now);
        this.#note(doomed, now);
        takeRows(this.#statements, doomed);
        return { loss, hashes };
      }),
    );
    await this.#artifacts.removeUnused(hashes);
    return loss;
  }

  /**
   * What was archived before a moment: experiments, and runs of experiments that stay. Experiments and runs that have
   * not ended are left out.
   */
  archivedBefore(moment: Date): Required<DeletionTarget> {
    const isOld = (archivedAt: Sql) => sql`${archivedAt} IS NOT NULL AND ${archivedAt} < ${sqlDate(moment.getTime())}`;
    const trains = select(Run.experimentId)`FROM ${Run} WHERE ${isLive(Run)}`;
    const old = sql`${isOld(Experiment.archivedAt)} AND ${Experiment.id} NOT IN (${trains})`;
    const experimentIds = this.#statements.column(select(Experiment.id)`FROM ${Experiment} WHERE ${old}`);
    const runIds = this.#statements.column(
      select(Run.id)`FROM ${Run}
        WHERE ${isOld(Run.archivedAt)} AND NOT ${isLive(Run)} AND ${Run.experimentId} NOT IN ${anyOf(experimentIds)}`,
    );
    return { experimentIds, runIds };
  }

  /** The deletion of what had this id; null for ids in the record and ids that never were. */
  find(id: string): DeletedThing | null {
    return this.#read(sql`${Deletion.of} = ${id}`)[0] ?? null;
  }

  /** Later deletions than the one of this number, in order. */
  after(number: number): DeletedThing[] {
    return this.#read(sql`${Deletion.id} > ${number}`);
  }

  /** Deletions at a moment or later, in order. */
  since(moment: Date): DeletedThing[] {
    return this.#read(sql`${Deletion.deletedAt} >= ${sqlDate(moment.getTime())}`);
  }

  /** The number of the last deletion; 0 where there was none. */
  get latest(): number {
    return this.#statements.column(select(sql<number>`coalesce(max(${Deletion.id}), 0)`)`FROM ${Deletion}`)[0] ?? 0;
  }

  #read(which: Sql): DeletedThing[] {
    const { id, kind, of, experimentId, deletedAt } = Deletion;
    return this.#statements
      .rows(select(id, kind, of, experimentId, deletedAt)`FROM ${Deletion} WHERE ${which} ORDER BY ${id}`)
      .map(([number, what, thing, experiment, at]) => ({
        number,
        kind: what === 'experiment' ? 'experiment' : 'run',
        id: thing,
        experimentId: experiment,
        deletedAt: new Date(at),
      }));
  }

  #doomed({ experimentIds = [], runIds = [] }: DeletionTarget): Doomed {
    this.#mustBeThere(Experiment, experimentIds, (id) => `no experiment "${id}"; whorl ls lists them`);
    this.#mustBeThere(Run, runIds, (id) => `no run "${id}"; whorl ls <experiment> lists them`);
    const rows = {
      experimentIds: [...new Set(experimentIds)].sort(),
      runIds: this.#statements.column(
        select(Run.id)`FROM ${Run}
          WHERE ${Run.id} IN ${anyOf(runIds)} OR ${Run.experimentId} IN ${anyOf(experimentIds)} ORDER BY ${Run.id}`,
      ),
    };
    return { ...rows, modelIds: doomedModels(this.#statements, rows) };
  }

  #mustBeThere(table: Table<'Experiment'> | Table<'Run'>, ids: readonly string[], said: (id: string) => string): void {
    const asked = rowsOf(ids, 'j');
    const [unknown] = this.#statements.column(
      select(asked.value)`FROM ${asked} WHERE ${asked.value} NOT IN (${select(table.id)`FROM ${table}`}) LIMIT 1`,
    );
    if (unknown !== undefined) throw new StoreError('not-found', said(unknown));
  }

  #lossOf(doomed: Doomed): DeletionLoss {
    const { experimentIds, runIds, modelIds } = doomed;
    const ofRuns = anyOf(runIds);
    const sum = (question: Sql<readonly [number]>) => this.#statements.column(question)[0] ?? 0;
    const counts = {
      experiments: experimentIds.length,
      runs: runIds.length,
      models: modelIds.length,
      points: sum(
        select(sql<number>`coalesce(sum(${MetricSeries.count}), 0)`)`
          FROM ${MetricSeries} WHERE ${MetricSeries.runId} IN ${ofRuns}`,
      ),
      files: countFiles(this.#statements, doomed),
      bytes: sum(select(sql<number>`coalesce(sum(size), 0)`)`FROM (${filesOnlyOf(doomed)})`),
      views: sum(select(COUNT)`FROM ${SavedView} WHERE ${SavedView.experimentId} IN ${anyOf(experimentIds)}`),
    };
    const shares = changedShares(this.#statements, doomed, Date.now()).filter(({ isOpen }) => isOpen);
    return {
      ...counts,
      live: this.#statements.column(select(Run.id)`FROM ${Run} WHERE ${Run.id} IN ${ofRuns} AND ${isLive(Run)}`),
      shares: shares.filter(({ left }) => left === null).length,
      narrowedShares: shares.filter(({ left }) => left !== null).length,
      sign: createHash('sha256')
        .update(JSON.stringify([doomed, counts]))
        .digest('hex')
        .slice(0, 16),
    };
  }

  /** Of what is deleted, only the fact is kept. */
  #note({ experimentIds, runIds }: Doomed, at: Date): void {
    const things = [...runIds, ...experimentIds];
    const places = new Map(
      this.#statements.rows(select(Run.id, Run.experimentId)`FROM ${Run} WHERE ${Run.id} IN ${anyOf(runIds)}`),
    );
    // MLflow's experiment 0 can be made again and deleted again.
    this.#statements.run(sql`DELETE FROM ${Deletion} WHERE ${Deletion.of} IN ${anyOf(things)}`);
    const deletedAt = sqlDate(at.getTime());
    for (const id of things) {
      const experimentId = places.get(id);
      const kind = experimentId === undefined ? 'experiment' : 'run';
      this.#statements.run(insertInto('Deletion', { kind, of: id, experimentId: experimentId ?? id, deletedAt }));
    }
  }
}

/** The most ids that the suggested command names. */
const MOST_NAMED = 50;

function mustBeOver(live: readonly string[]): void {
  if (live.length === 0) return;
  const stop = `whorl stop ${live.slice(0, MOST_NAMED).join(' ')}`;
  const [more, others] = [live.length - MOST_NAMED, live.length > 1];
  throw new StoreError('conflict', {
    en: `${others ? `${live.length} of the runs have` : `run ${live[0]} has`} not ended: stop ${others ? 'them' : 'it'} first, then delete: ${stop}${more > 0 ? ` (and ${more} more)` : ''}`,
    zh: `${others ? `其中 ${live.length} 次运行` : `运行 ${live[0]} `}尚未结束：请先停止，再删除：${stop}${more > 0 ? `（另有 ${more} 次）` : ''}`,
  });
}

function mustBeAgreed(loss: DeletionLoss, sign: string): void {
  if (loss.sign === sign) return;
  throw new StoreError('conflict', {
    en: 'what would go has changed since it was shown, and nothing was deleted: look again',
    zh: '将被删除的内容与显示时不同，因此什么也没有删除：请重新查看',
  });
}
