import { LIVE_STATUSES } from '@whorl/core';
import { StoreError } from './errors.ts';
import { type Statements, sql, sqlDate } from './sql.ts';

/** From where it was asked that a training stop. */
export type StopOrigin = 'page' | 'command line';

/** What becomes of runs that were asked to stop. */
export interface StopAnswer {
  /** Those that still train, and end within about a second. Asked again, they are still among these. */
  readonly stopping: string[];
  /** Those whose process turned out to be gone: they are `crashed`. */
  readonly gone: string[];
  /** Those that had ended. */
  readonly ended: string[];
}

/** A request to stop the training of an experiment. */
export interface ExperimentStop {
  /** As the database holds it: two requests differ in it. */
  readonly at: string;
  readonly from: StopOrigin;
}

const LIVE = JSON.stringify(LIVE_STATUSES);

/**
 * Requests to stop, as words in the record: who asks and who trains are different processes. The runner that trains
 * reads them several times a second.
 */
export class RunStops {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /**
   * Asks the runs to stop. A run that was asked before keeps its first request.
   * @param gone runs that were just found to have lost their process
   * @throws StoreError `not-found`
   */
  ask(ids: readonly string[], from: StopOrigin, gone: readonly string[]): StopAnswer {
    return this.#statements.db.transaction(() => this.#ask(ids, from, gone)).immediate();
  }

  #ask(ids: readonly string[], from: StopOrigin, gone: readonly string[]): StopAnswer {
    const list = JSON.stringify(ids);
    const rows = this.#statements.rows<[id: string, isLive: 0 | 1 | null]>(
      sql`SELECT j.value, status IN (SELECT value FROM json_each(${LIVE})) FROM json_each(${list}) j LEFT JOIN Run ON Run.id = j.value ORDER BY j.key`,
    );
    const unknown = rows.find(([, isLive]) => isLive === null);
    if (unknown) throw new StoreError('not-found', `no run "${unknown[0]}"; whorl ls <experiment> lists them`);
    this.#statements.run(
      sql`UPDATE Run SET stopRequestedAt = ${sqlDate(Date.now())}, stopRequestedBy = ${from}
              WHERE id IN (SELECT value FROM json_each(${list})) AND status IN (SELECT value FROM json_each(${LIVE})) AND stopRequestedAt IS NULL`,
    );
    const rest = rows.flatMap(([id, isLive]) => (isLive ? [] : [id]));
    return {
      stopping: rows.flatMap(([id, isLive]) => (isLive ? [id] : [])),
      gone: rest.filter((id) => gone.includes(id)),
      ended: rest.filter((id) => !gone.includes(id)),
    };
  }

  /** Those of the runs that have not ended, in their order. */
  liveAmong(ids: readonly string[]): string[] {
    return this.#statements.column<string>(
      sql`SELECT j.value FROM json_each(${JSON.stringify(ids)}) j JOIN Run ON Run.id = j.value WHERE status IN (SELECT value FROM json_each(${LIVE})) ORDER BY j.key`,
    );
  }

  /** Those of the runs that were asked to stop. */
  ofRuns(ids: readonly string[]): ReadonlyMap<string, StopOrigin> {
    return new Map(
      this.#statements.rows<[string, StopOrigin]>(
        sql`SELECT id, stopRequestedBy FROM Run WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND stopRequestedAt IS NOT NULL`,
      ),
    );
  }

  /**
   * Asks the training of an experiment to stop: what trains, and what its runners would begin after it.
   * @throws StoreError `not-found`
   */
  askExperiment(id: string, from: StopOrigin, gone: readonly string[]): StopAnswer {
    return this.#statements.db
      .transaction(() => {
        const found = this.#statements.run(
          sql`UPDATE Experiment SET stopRequestedAt = ${sqlDate(Date.now())}, stopRequestedBy = ${from} WHERE id = ${id}`,
        );
        if (found === 0) throw new StoreError('not-found', `no experiment "${id}"; whorl ls lists them`);
        const concerned = this.#statements.column<string>(
          sql`SELECT id FROM Run WHERE experimentId = ${id} AND (status IN (SELECT value FROM json_each(${LIVE}))
              OR id IN (SELECT value FROM json_each(${JSON.stringify(gone)}))) ORDER BY createdAt, id`,
        );
        return this.#ask(concerned, from, gone);
      })
      .immediate();
  }

  /** The latest request of each experiment that has one. */
  ofExperiments(ids: readonly string[]): ReadonlyMap<string, ExperimentStop> {
    return new Map(
      this.#statements
        .rows<[string, string, StopOrigin]>(
          sql`SELECT id, stopRequestedAt, stopRequestedBy FROM Experiment WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND stopRequestedAt IS NOT NULL`,
        )
        .map(([id, at, from]) => [id, { at, from }]),
    );
  }
}
