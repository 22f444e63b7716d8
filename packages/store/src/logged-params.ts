import { isSeedParam, REPETITION } from '@whorl/core';
import { StoreError } from './errors.ts';
import { ParamConflict } from './param-conflict.ts';
import { readParam } from './param-row.ts';
import { isForeign } from './run-source-sql.ts';
import { insertInto, orUpdate, update } from './sql/changes.ts';
import { select, sql } from './sql/compose.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES, tableAs } from './sql/tables.ts';
import { checkKey } from './text-limits.ts';

const { Experiment, Param, Run } = TABLES;

/** How many runs of other programs have their seed from a param. */
export interface SeedsTaken {
  readonly runs: number;
  readonly seeded: number;
}

/**
 * Whether a param becomes the seed and has no row of its own. One whose name says that it is a seed keeps its row,
 * which no comparison takes for a factor.
 */
const becomesSeed = (seedParam: string | null): seedParam is string => seedParam !== null && !isSeedParam(seedParam);

/**
 * The params of runs of other programs, and their seed: it is always the row `seed`, whichever param it comes from.
 * That is the param of this name; else the one chosen for the experiment; else the first with a name that means a seed.
 * All methods must be called within a transaction.
 */
export class LoggedParams {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** @throws ParamConflict where a param would change its value */
  add(runId: string, params: Readonly<Record<string, string>>): void {
    const entries = Object.entries(params);
    if (entries.length === 0) return;
    const chosen = this.#chosenFor(runId);
    for (const [key, text] of entries) {
      checkKey('param', key);
      const seedParam = this.#seedParam(runId);
      const isHere = key === seedParam && becomesSeed(seedParam);
      const before = this.#text(runId, isHere ? REPETITION : key);
      const isStandIn = key === REPETITION && seedParam !== null && seedParam !== REPETITION;
      if (before === text && !isStandIn) continue;
      if (before !== undefined && !isStandIn) throw new ParamConflict(runId, key, before, text);
      this.#put(runId, key, text, seedParam, chosen);
    }
  }

  /** The same for a source that may change a param. */
  replace(runId: string, key: string, text: string): void {
    checkKey('param', key);
    this.#put(runId, key, text, this.#seedParam(runId), this.#chosenFor(runId));
  }

  /**
   * Takes the seed of an experiment's runs, later ones included, from this param; for null, from a param whose name
   * means a seed.
   * @throws StoreError `not-found`; `conflict` where runs have a param `seed`
   */
  takeSeedFrom(experimentId: string, key: string | null): SeedsTaken {
    if (key !== null) checkKey('param', key);
    const chosen = key === REPETITION ? null : key;
    const changed = this.#statements.run(
      sql`${update('Experiment', { seedParam: chosen })} WHERE id = ${experimentId}`,
    );
    if (changed === 0) throw new StoreError('not-found', `no experiment "${experimentId}"; whorl ls lists them`);
    const runs = this.#statements.rows(
      select(Run.id, Run.seedParam)`FROM ${Run} WHERE ${Run.experimentId} = ${experimentId} AND ${isForeign(Run)}`,
    );
    const own = runs.filter(([, seedParam]) => seedParam === REPETITION).length;
    if (chosen !== null && own > 0) {
      throw new StoreError(
        'conflict',
        `${own} of the ${runs.length} runs logged a param "seed", which is their seed: "${chosen}" cannot be it`,
      );
    }
    for (const [id, seedParam] of runs) {
      if (seedParam !== REPETITION) this.#takeBack(id, seedParam);
      for (const [param, text] of this.#statements.rows(
        select(Param.key, Param.value)`FROM ${Param} WHERE ${Param.runId} = ${id} ORDER BY ${Param.key}`,
      ))
        this.#noteSeed(id, param, text, this.#seedParam(id), chosen);
    }
    const [seeded = 0] = this.#statements.column(
      sql<
        [number]
      >`SELECT count(*) FROM ${Run} WHERE ${Run.experimentId} = ${experimentId} AND ${isForeign(Run)} AND ${Run.seedParam} IS NOT NULL`,
    );
    return { runs: runs.length, seeded };
  }

  #put(runId: string, key: string, text: string, seedParam: string | null, chosen: string | null): void {
    if (key === seedParam && becomesSeed(seedParam)) {
      this.#set(runId, REPETITION, text);
      return;
    }
    if (key === REPETITION && becomesSeed(seedParam)) this.#takeBack(runId, seedParam);
    this.#set(runId, key, text);
    this.#noteSeed(runId, key, text, seedParam === key ? null : seedParam, chosen);
  }

  /** A param named `seed` is the seed, whenever it comes. */
  #noteSeed(runId: string, key: string, text: string, seedParam: string | null, chosen: string | null): void {
    if (key === REPETITION) {
      this.#setSeedParam(runId, key);
      return;
    }
    const says = chosen === null ? isSeedParam(key) : key === chosen;
    if (!says || seedParam !== null || !Number.isSafeInteger(readParam(text))) return;
    if (becomesSeed(key))
      this.#statements.run(sql`DELETE FROM ${Param} WHERE ${Param.runId} = ${runId} AND ${Param.key} = ${key}`);
    this.#set(runId, REPETITION, text);
    this.#setSeedParam(runId, key);
  }

  /** Gives a run its params back as logged, without a seed. */
  #takeBack(runId: string, seedParam: string | null): void {
    if (seedParam === null) return;
    const seed = this.#text(runId, REPETITION);
    this.#statements.run(sql`DELETE FROM ${Param} WHERE ${Param.runId} = ${runId} AND ${Param.key} = ${REPETITION}`);
    if (becomesSeed(seedParam) && seed !== undefined) this.#set(runId, seedParam, seed);
    this.#setSeedParam(runId, null);
  }

  #setSeedParam(runId: string, seedParam: string | null): void {
    this.#statements.run(sql`${update('Run', { seedParam })} WHERE id = ${runId}`);
  }

  /** The param from which a run's seed was taken; null where none was. */
  #seedParam(runId: string): string | null {
    return this.#statements.column(select(Run.seedParam)`FROM ${Run} WHERE ${Run.id} = ${runId}`)[0] ?? null;
  }

  /** The param chosen for the run's experiment. */
  #chosenFor(runId: string): string | null {
    const r = tableAs('Run', 'r');
    return (
      this.#statements.column(
        select(
          Experiment.seedParam,
        )`FROM ${Experiment} JOIN ${r} ON ${r.experimentId} = ${Experiment.id} WHERE ${r.id} = ${runId}`,
      )[0] ?? null
    );
  }

  #text(runId: string, key: string): string | undefined {
    return this.#statements.column(
      select(Param.value)`FROM ${Param} WHERE ${Param.runId} = ${runId} AND ${Param.key} = ${key}`,
    )[0];
  }

  #set(runId: string, key: string, text: string): void {
    const value = readParam(text);
    const number = typeof value === 'number' ? value : null;
    this.#statements.run(
      sql`${insertInto('Param', { runId, key, value: text, number })} ${orUpdate('Param', ['runId', 'key'], ['value', 'number'])}`,
    );
  }
}
