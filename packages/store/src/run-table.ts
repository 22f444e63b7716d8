import { type Field, fieldsOf } from '@whorl/core';
import { StoreError } from './errors.ts';
import { expressionSql } from './expression-sql.ts';
import { cellsOf, isKeyed, keyedRows, RUN, readRow } from './field-sql.ts';
import { MemoizedReads } from './memoized-reads.ts';
import type { RunScope, RunSelection, RunTable, SortKey, TableQuery, Texts } from './run-selection.ts';
import { COUNT, joinSql, listSql, type Sql, select, sql } from './sql/compose.ts';
import { anyOf, byIndex, JOIN_IN_ORDER, mentions, natural, rowsOf } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';

const MOST_SORT_KEYS = 16;
const MOST_ORDERS = 16;

/**
 * FROM with the runs of a scope. They come ordered by id, as the values of each key are: then each lookup is next to
 * the one before, and takes half the time. Where only the runs' own rows are read, they come in order of creation.
 */
export function fromScope(scope: RunScope, reads: readonly Field[] = []): Sql {
  if ('experimentId' in scope) {
    const readsRows = reads.some((field) => !isIndexed(field)) && !reads.some(isKeyed);
    const index = readsRows ? 'Run_experimentId_createdAt_idx' : 'Run_experimentId_archivedAt_id_createdAt_idx';
    return sql`FROM ${byIndex(RUN, index)}`;
  }
  const wanted = rowsOf([...new Set(scope.runIds)], 'j');
  return sql`FROM ${wanted} ${JOIN_IN_ORDER} ${RUN} ON ${RUN.id} = ${wanted.value}`;
}

/** Whether the index from which the runs come has the field. */
const isIndexed = (field: Field): boolean =>
  field.kind === 'attribute' && (field.key === 'id' || field.key === 'created');

/** Whether a run belongs to the selection. */
export function selectedSql(selection: RunSelection): Sql {
  const { scope, archived, where, timeZone = 'UTC', texts = 'whole', except = [] } = selection;
  const conditions: Sql[] = [];
  if ('experimentId' in scope) conditions.push(sql`${RUN.experimentId} = ${scope.experimentId}`);
  const state = archived ?? ('experimentId' in scope ? false : undefined);
  if (state !== undefined) conditions.push(state ? sql`${RUN.archivedAt} IS NOT NULL` : sql`${RUN.archivedAt} IS NULL`);
  if (where) conditions.push(expressionSql(where, timeZone, texts));
  if (except.length > 0) conditions.push(sql`${RUN.id} NOT IN ${anyOf(except)}`);
  return conditions.length === 0 ? sql`1` : joinSql(conditions, sql`AND`);
}

/** A run found by its name, with the name of its experiment. */
export interface FoundRun {
  readonly id: string;
  readonly name: string;
  readonly experiment: string;
}

/** Tables of runs: which runs, in which order, and with which values. */
export class RunTables {
  readonly #statements: Statements;
  /** The ordered ids of the latest selections, as a table is read page by page. */
  readonly #orders: MemoizedReads<readonly string[]>;

  constructor(statements: Statements) {
    this.#statements = statements;
    this.#orders = new MemoizedReads(statements, MOST_ORDERS);
  }

  /** A page of the table of the selected runs, all as of one moment. */
  page({ fields, offset = 0, limit = 100, sort = [], ...selection }: TableQuery): RunTable {
    return this.#statements.read(() => {
      const all = this.#ordered(selection, sort);
      const ids = all.slice(offset, offset + limit);
      return { total: all.length, ids, columns: fields.map((field) => this.#column(field, ids, selection.texts)) };
    });
  }

  /** The ids of the selected runs; without `sort`, newest first. */
  ids(selection: RunSelection, sort: readonly SortKey[] = []): string[] {
    return this.#statements.read(() => [...this.#ordered(selection, sort)]);
  }

  /** How many runs a scope has before any condition: how many a query will go through. */
  count(scope: RunScope): number {
    if ('runIds' in scope) return scope.runIds.length;
    const { Run } = TABLES;
    const [count = 0] = this.#statements.column(
      select(COUNT)`FROM ${Run} WHERE ${Run.experimentId} = ${scope.experimentId}`,
    );
    return count;
  }

  /** Whether every one of the runs is of the experiment, and none is archived. */
  areOf(experimentId: string, runIds: readonly string[]): boolean {
    const ids = [...new Set(runIds)];
    // In this order, as otherwise each run of the experiment would be looked for among the ids.
    const [found] = this.#statements.column(
      select(
        COUNT,
      )`${fromScope({ runIds: ids })} WHERE ${RUN.experimentId} = ${experimentId} AND ${RUN.archivedAt} IS NULL`,
    );
    return found === ids.length;
  }

  /** The latest runs whose name or id contains the text, whatever the case; archived ones are left out. */
  named(text: string, limit: number): FoundRun[] {
    const { Run, Experiment } = TABLES;
    const rows = this.#statements.rows(
      select(Run.id, Run.name, Experiment.name)`
        FROM ${Run} JOIN ${Experiment} ON ${Experiment.id} = ${Run.experimentId}
        WHERE ${Run.archivedAt} IS NULL AND ${Experiment.archivedAt} IS NULL
          AND (${mentions(Run.name, text)} OR ${mentions(Run.id, text)})
        ORDER BY ${Run.createdAt} DESC, ${Run.id} DESC LIMIT ${limit}`,
    );
    return rows.map(([id, name, experiment]) => ({ id, name, experiment }));
  }

  #column(field: Field, ids: readonly string[], texts: Texts = 'whole') {
    const { question, cell } = cellsOf(field, ids, texts);
    return this.#statements.rows(question).map(cell);
  }

  #ordered(selection: RunSelection, sort: readonly SortKey[]): readonly string[] {
    const question = orderedSql(selection, sort);
    return this.#orders.get(nameOf(question), () => this.#statements.column(question));
  }
}

/** Identifies a statement with its values. JSON has no infinities, so numbers are written as text. */
const nameOf = ({ text, values }: Sql): string =>
  JSON.stringify([text, ...values.map((value) => (typeof value === 'number' ? [String(value)] : value))]);

/** The key that sorts texts naturally, where they are not of a number. */
const naturalOf = (text: Sql, number: Sql | null): Sql =>
  number ? sql`CASE WHEN ${number} IS NULL THEN ${natural(text)} END` : natural(text);

/** The ids of the selected runs in order. */
function orderedSql(selection: RunSelection, sort: readonly SortKey[]): Sql<[string]> {
  if (sort.length > MOST_SORT_KEYS) {
    throw new StoreError('bad-input', `sort: expected at most ${MOST_SORT_KEYS} fields, got ${sort.length}`);
  }
  const { texts = 'whole' } = selection;
  const joins: Sql[] = [];
  const order = sort.flatMap(({ field, descending }, i) => {
    const rows = keyedRows(field, `s${i}`, texts);
    if (rows) joins.push(sql`LEFT JOIN ${rows.from} ON ${rows.isOf(RUN.id)}`);
    const { has, number, text, date } = rows ? rows.reading : readRow(field, texts);
    const direction = descending ? sql`DESC` : sql`ASC`;
    // The flags put missing values last and numbers first; NULL counts as false, as in WHERE.
    return [
      sql`(${has}) IS NOT TRUE`,
      ...[number, text].flatMap((value) => (value ? [sql`${value} IS NULL`] : [])),
      ...[number, text && !date ? naturalOf(text, number) : null, text].flatMap((value) =>
        value ? [sql`${value} ${direction}`] : [],
      ),
    ];
  });
  const isFixed = sort.some(({ field }) => isIndexed(field));
  const reads = [...sort.map(({ field }) => field), ...(selection.where ? fieldsOf(selection.where) : [])];
  const ends = isFixed ? [RUN.id] : [sql`${RUN.createdAt} DESC`, RUN.id];
  return select(RUN.id)`
    ${fromScope(selection.scope, reads)} ${listSql(joins, ' ')} WHERE ${selectedSql(selection)} ORDER BY ${listSql([...order, ...ends])}`;
}
