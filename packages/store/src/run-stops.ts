import { END_REASONS } from '@whorl/core';
import { StoreError } from './errors.ts';
import { isLive } from './run-status-sql.ts';
import { update } from './sql/changes.ts';
import { type Sql, select, sql } from './sql/compose.ts';
import { anyOf, rowsOf, sqlDate } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';

/** Where a stop was asked for. */
export type StopOrigin = 'page' | 'command line';

/** What happens to runs that were asked to stop. */
export interface StopAnswer {
  /** Those that still train, and will end within about a second; also on asking again. */
  readonly stopping: string[];
  /** Those whose process turned out to be gone: they are now `crashed`. */
  readonly gone: string[];
  /** Those that had ended; and those of other programs, which cannot be asked and are marked as interrupted. */
  readonly ended: string[];
}

/** A request to stop the training of an experiment. */
export interface ExperimentStop {
  /** In the form of the database; it tells requests apart. */
  readonly at: string;
  readonly from: StopOrigin;
}

const { Experiment, Run } = TABLES;

/**
 * Requests to stop, kept in the record, as those who ask and those who train are different processes. The runner that
 * trains reads them several times a second.
 */
export class RunStops {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /**
   * Asks the runs to stop. A run that was asked before keeps its first request.
   * @param gone runs whose process was just found to be gone
   * @throws StoreError `not-found`
   */
  ask(ids: readonly string[], from: StopOrigin, gone: readonly string[]): StopAnswer {
    return this.#statements.write(() => this.#ask(ids, from, gone));
  }

  #ask(ids: readonly string[], from: StopOrigin, gone: readonly string[]): StopAnswer {
    const asked = rowsOf(ids, 'j');
    this.#markOthers(ids, from);
    const rows = this.#statements.rows(
      select(asked.value, isLive(Run) as Sql<0 | 1 | null>)`
        FROM ${asked} LEFT JOIN ${Run} ON ${Run.id} = ${asked.value} ORDER BY ${asked.position}`,
    );
    const unknown = rows.find(([, lives]) => lives === null);
    if (unknown) throw new StoreError('not-found', `no run "${unknown[0]}"; whorl ls <experiment> lists them`);
    this.#statements.run(
      sql`${update('Run', requestNow(from))}
        WHERE ${Run.id} IN ${anyOf(ids)} AND ${isLive(Run)} AND ${Run.stopRequestedAt} IS NULL`,
    );
    const rest = rows.flatMap(([id, lives]) => (lives ? [] : [id]));
    return {
      stopping: rows.flatMap(([id, lives]) => (lives ? [id] : [])),
      gone: rest.filter((id) => gone.includes(id)),
      ended: rest.filter((id) => !gone.includes(id)),
    };
  }

  /** Whoever asks knows that a run of another program has ended: at its last news. */
  #markOthers(ids: readonly string[], from: StopOrigin): void {
    const others = this.#statements.rows(
      select(Run.id, Run.heartbeatAt, Run.startedAt)`
        FROM ${Run} WHERE ${Run.id} IN ${anyOf(ids)} AND ${isLive(Run)} AND ${Run.source} <> 'whorl'`,
    );
    for (const [id, endedAt, startedAt] of others) {
      const durationMs = startedAt === null ? null : Math.max(0, Date.parse(endedAt) - Date.parse(startedAt));
      const end = { status: 'interrupted', error: END_REASONS[`marked from the ${from}`].en, endedAt, durationMs };
      this.#statements.run(sql`${update('Run', end)} WHERE ${Run.id} = ${id}`);
    }
  }

  /** Those of the runs that have not ended, in order. */
  liveAmong(ids: readonly string[]): string[] {
    const asked = rowsOf(ids, 'j');
    return this.#statements.column(
      select(asked.value)`
        FROM ${asked} JOIN ${Run} ON ${Run.id} = ${asked.value} WHERE ${isLive(Run)} ORDER BY ${asked.position}`,
    );
  }

  /** Those of the runs that were asked to stop, and from where. */
  ofRuns(ids: readonly string[]): ReadonlyMap<string, StopOrigin> {
    return new Map(
      this.#statements.rows(
        select(Run.id, Run.stopRequestedBy as Sql<StopOrigin>)`
          FROM ${Run} WHERE ${Run.id} IN ${anyOf(ids)} AND ${Run.stopRequestedAt} IS NOT NULL`,
      ),
    );
  }

  /**
   * Asks the training of an experiment to stop: the runs that train, and those that its runners would begin next.
   * @throws StoreError `not-found`
   */
  askExperiment(id: string, from: StopOrigin, gone: readonly string[]): StopAnswer {
    return this.#statements.write(() => {
      const found = this.#statements.run(sql`${update('Experiment', requestNow(from))} WHERE ${Experiment.id} = ${id}`);
      if (found === 0) throw new StoreError('not-found', `no experiment "${id}"; whorl ls lists them`);
      const concerned = this.#statements.column(
        select(
          Run.id,
        )`FROM ${Run} WHERE ${Run.experimentId} = ${id} AND ${Run.source} = 'whorl' AND (${isLive(Run)} OR ${Run.id} IN ${anyOf(gone)})
          ORDER BY ${Run.createdAt}, ${Run.id}`,
      );
      return this.#ask(concerned, from, gone);
    });
  }

  /** The latest request for each experiment that has one. */
  ofExperiments(ids: readonly string[]): ReadonlyMap<string, ExperimentStop> {
    const { id, stopRequestedAt, stopRequestedBy } = Experiment;
    const rows = this.#statements.rows(
      select(id, stopRequestedAt as Sql<string>, stopRequestedBy as Sql<StopOrigin>)`
        FROM ${Experiment} WHERE ${id} IN ${anyOf(ids)} AND ${stopRequestedAt} IS NOT NULL`,
    );
    return new Map(rows.map(([of, at, from]) => [of, { at, from }]));
  }
}

const requestNow = (from: StopOrigin) => ({ stopRequestedAt: sqlDate(Date.now()), stopRequestedBy: from });
