import { type Field, fieldsOf } from '@whorl/core';
import { StoreError } from './errors.ts';
import { expressionSql } from './expression-sql.ts';
import { cellsOf, keyedOf, readKeyed, readRow, tableAs } from './field-sql.ts';
import { MemoizedReads } from './memoized-reads.ts';
import type { RunScope, RunSelection, RunTable, SortKey, TableQuery, Texts } from './run-selection.ts';
import { joinSql, listSql, Sql, type Statements, sql } from './sql.ts';

const MOST_SORT_KEYS = 16;
const MOST_ORDERS = 16;

/**
 * The runs of a scope under the name `r`. They come in order of id, as the values of each key lie: then each look-up is
 * beside the one before, and takes half the time. Where only the runs' own rows are read, these lie in order of creation.
 */
export function fromScope(scope: RunScope, reads: readonly Field[] = []): Sql {
  if ('experimentId' in scope) {
    const readsRows = reads.some((field) => !isIndexed(field)) && reads.every((field) => keyedOf(field) === null);
    const index = readsRows ? 'Run_experimentId_createdAt_idx' : 'Run_experimentId_archivedAt_id_createdAt_idx';
    return new Sql(`FROM Run r INDEXED BY ${index}`);
  }
  return sql`FROM json_each(${JSON.stringify([...new Set(scope.runIds)])}) j CROSS JOIN Run r ON r.id = j.value`;
}

/** Whether the index that the runs come from has the field. */
const isIndexed = (field: Field): boolean =>
  field.kind === 'attribute' && (field.key === 'id' || field.key === 'created');

/** That the run `r` is of the selection. */
export function selectedSql(selection: RunSelection): Sql {
  const { scope, archived, where, timeZone = 'UTC', texts = 'whole', except = [] } = selection;
  const conditions: Sql[] = [];
  if ('experimentId' in scope) conditions.push(sql`r.experimentId = ${scope.experimentId}`);
  const state = archived ?? ('experimentId' in scope ? false : undefined);
  if (state !== undefined) conditions.push(new Sql(`r.archivedAt ${state ? 'IS NOT NULL' : 'IS NULL'}`));
  if (where) conditions.push(expressionSql(where, timeZone, texts));
  if (except.length > 0) {
    conditions.push(sql`r.id NOT IN (SELECT value FROM json_each(${JSON.stringify(except)}))`);
  }
  return conditions.length === 0 ? new Sql('1') : joinSql(conditions, new Sql('AND'));
}

/** Tables of runs: which runs, in which order, and what they have. */
export class RunTables {
  readonly #statements: Statements;
  /** The ids of the latest selections in their order: a table is read page by page. */
  readonly #orders: MemoizedReads<readonly string[]>;

  constructor(statements: Statements) {
    this.#statements = statements;
    this.#orders = new MemoizedReads(statements, MOST_ORDERS);
  }

  /** A part of the table of the selected runs, all of it as of one moment. */
  page({ fields, offset = 0, limit = 100, sort = [], ...selection }: TableQuery): RunTable {
    return this.#statements.db.transaction(() => {
      const all = this.#ordered(selection, sort);
      const ids = all.slice(offset, offset + limit);
      return { total: all.length, ids, columns: fields.map((field) => this.#column(field, ids, selection.texts)) };
    })();
  }

  /** The ids of the selected runs, newest first where nothing is said of the order. */
  ids(selection: RunSelection, sort: readonly SortKey[] = []): string[] {
    return this.#statements.db.transaction(() => [...this.#ordered(selection, sort)])();
  }

  /** How many runs a scope has, whatever is asked of them: what a question is about to go through. */
  count(scope: RunScope): number {
    if ('runIds' in scope) return scope.runIds.length;
    const [count = 0] = this.#statements.column<number>(
      sql`SELECT count(*) FROM Run WHERE experimentId = ${scope.experimentId}`,
    );
    return count;
  }

  /** Whether every one of the runs is of the experiment, and none is archived. */
  areOf(experimentId: string, runIds: readonly string[]): boolean {
    const wanted = [...new Set(runIds)];
    // CROSS JOIN keeps the order: the other way round each of the experiment's runs is looked for among the ids.
    const [found] = this.#statements.column<number>(
      sql`SELECT count(*) FROM json_each(${JSON.stringify(wanted)}) j CROSS JOIN Run r ON r.id = j.value WHERE r.experimentId = ${experimentId} AND r.archivedAt IS NULL`,
    );
    return found === wanted.length;
  }

  #column(field: Field, ids: readonly string[], texts: Texts = 'whole') {
    const { query, cell } = cellsOf(field, JSON.stringify(ids), texts);
    return this.#statements.rows<unknown[]>(query).map(cell);
  }

  #ordered(selection: RunSelection, sort: readonly SortKey[]): readonly string[] {
    const question = orderedSql(selection, sort);
    return this.#orders.get(nameOf(question), () => this.#statements.column<string>(question));
  }
}

/** A word for a question: JSON has no infinities, so numbers are told by their text. */
const nameOf = ({ text, values }: Sql): string =>
  JSON.stringify([text, ...values.map((value) => (typeof value === 'number' ? [String(value)] : value))]);

/** What sorts a text as people do, where it is not that of a number. */
const naturalOf = (text: Sql, number: Sql | null): Sql =>
  number ? sql`CASE WHEN ${number} IS NULL THEN natural(${text}) END` : sql`natural(${text})`;

/** The ids of the selected runs in their order. */
function orderedSql(selection: RunSelection, sort: readonly SortKey[]): Sql {
  if (sort.length > MOST_SORT_KEYS) {
    throw new StoreError('bad-input', `sort: expected at most ${MOST_SORT_KEYS} fields, got ${sort.length}`);
  }
  const { texts = 'whole' } = selection;
  const joins: Sql[] = [];
  const order = sort.flatMap(({ field, descending }, i) => {
    const keyed = keyedOf(field);
    const alias = `s${i}`;
    if (keyed) {
      joins.push(
        sql`LEFT JOIN ${tableAs(keyed, alias)} ON ${new Sql(alias)}.key = ${keyed.key} AND ${new Sql(alias)}.runId = r.id`,
      );
    }
    const { has, number, text, date } = keyed ? readKeyed(keyed, alias, texts) : readRow(field, texts);
    const direction = new Sql(descending ? 'DESC' : 'ASC');
    // NULL is false to ORDER BY's flags as it is to WHERE: the missing ones come last, numbers before all else.
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
  const ends = isFixed ? [new Sql('r.id')] : [new Sql('r.createdAt DESC'), new Sql('r.id')];
  return sql`SELECT r.id ${fromScope(selection.scope, reads)} ${new Sql(
    joins.map(({ text }) => text).join(' '),
    joins.flatMap(({ values }) => values),
  )} WHERE ${selectedSql(selection)} ORDER BY ${listSql([...order, ...ends])}`;
}
