import { type Attribute, type Cell, type Field, withoutPaths } from '@whorl/core';
import type { Texts } from './run-selection.ts';
import { statusText } from './run-status-sql.ts';
import { type Sql, select, sql } from './sql/compose.ts';
import { byIndex, isoText, type JsonValue, jsonAt, pathless, rowsOf } from './sql/sqlite.ts';
import { type Table, tableAs } from './sql/tables.ts';

/** The run that is read or for which a condition holds. */
export const RUN = tableAs('Run', 'r');

/** The ways to read a field's value; null for a way in which it is never read. */
export interface Reading {
  /** Whether the run has the field. */
  readonly has: Sql;
  readonly number: Sql<number | null> | null;
  readonly text: Sql<string | null> | null;
  /** Whether it is NaN, which SQLite stores as NULL. */
  readonly nan: Sql | null;
  /** Its moment, in the form of the database. */
  readonly date: Sql | null;
}

/** The rows of a field that is stored apart from the run's own row: one for each run that has it. */
export interface KeyedRows {
  /** The table, by an index that holds the rows of a key ordered by run, including the values. */
  readonly from: Sql;
  /** Whether a row belongs to the field and to this run. */
  readonly isOf: (runId: Sql) => Sql;
  readonly reading: Reading;
}

/** Whether a field is stored in rows apart from the run's own. */
export const isKeyed = ({ kind }: Field): boolean => kind === 'metric' || kind === 'param' || kind === 'tag';

/** The rows of a field, under the name `alias`; null for a field in the run's own row. */
export function keyedRows(field: Field, alias: string, texts: Texts): KeyedRows | null {
  switch (field.kind) {
    case 'metric': {
      const at = tableAs('MetricSeries', alias);
      const number = at[field.part];
      const reading = { has: isThere(at), number, text: null, nan: sql`${number} IS NULL`, date: null };
      return { from: byIndex(at, 'MetricSeries_key_runId_last_min_max_idx'), isOf: isRowOf(at, field.key), reading };
    }
    case 'param':
    case 'tag': {
      const table = field.kind === 'param' ? 'Param' : 'Tag';
      const at = tableAs(table, alias);
      const reading = { has: isThere(at), number: at.number, text: shown(at.value, texts), nan: null, date: null };
      return { from: byIndex(at, `${table}_key_runId_number_value_idx`), isOf: isRowOf(at, field.key), reading };
    }
    default:
      return null;
  }
}

type Keyed = Pick<Table<'Param'>, 'runId' | 'key'>;

const isThere = ({ runId }: Keyed): Sql => sql`${runId} IS NOT NULL`;
const isRowOf =
  (at: Keyed, key: string) =>
  (runId: Sql): Sql =>
    sql`${at.key} = ${key} AND ${at.runId} = ${runId}`;

/** A text as the asker may see it. */
const shown = (text: Sql<string | null>, texts: Texts): Sql<string | null> =>
  texts === 'whole' ? text : pathless(text);

const ofText = (column: Sql<string | null>): Reading => ({
  has: sql`${column} IS NOT NULL`,
  number: null,
  text: column,
  nan: null,
  date: null,
});
const ofDate = (column: Sql<string | null>): Reading => ({ ...ofText(column), text: isoText(column), date: column });

const SECONDS = sql<number | null>`${RUN.durationMs} / 1000.0`;

const ATTRIBUTES: Readonly<Record<Attribute, Reading>> = {
  id: ofText(RUN.id),
  name: ofText(RUN.name),
  status: ofText(statusText(RUN)),
  source: ofText(RUN.source),
  study: ofText(sql`nullif(${RUN.study}, '')`),
  engine: ofText(sql`nullif(${RUN.engine}, '')`),
  mode: ofText(sql`nullif(${RUN.mode}, '')`),
  duration: { has: sql`${SECONDS} IS NOT NULL`, number: SECONDS, text: null, nan: null, date: null },
  created: ofDate(RUN.createdAt),
  started: ofDate(RUN.startedAt),
  ended: ofDate(RUN.endedAt),
  notes: ofText(sql`nullif(${RUN.notes}, '')`),
  command: ofText(sql`nullif(${RUN.command}, '')`),
  error: ofText(RUN.error),
};

const NULL = sql<null>`NULL`;
const NOTHING: Reading = { ...ofText(NULL), text: null };

const inEnvironment = (key: string): JsonValue => jsonAt(RUN.environment, key.split('.'));

function ofEnvironment(key: string): Reading {
  const { has, number, text } = inEnvironment(key);
  return { has, number, text, nan: null, date: null };
}

/** How to read an attribute, or a field of the environment, from the run's row `r`. */
export function readRow(field: Field, texts: Texts): Reading {
  const reading =
    field.kind === 'attribute'
      ? ATTRIBUTES[field.key]
      : field.kind === 'environment'
        ? ofEnvironment(field.key)
        : NOTHING;
  return reading.text === null || reading.date ? reading : { ...reading, text: shown(reading.text, texts) };
}

/** What to select for the values of some runs, one row each, and how a row becomes a cell. */
export function cellsOf(
  field: Field,
  ids: readonly string[],
  texts: Texts,
): { readonly question: Sql<unknown[]>; readonly cell: (row: unknown[]) => Cell } {
  const wanted = rowsOf(ids, 'j');
  const rows = keyedRows(field, 't', texts);
  if (rows) {
    const { has, number, text } = rows.reading;
    return {
      question: select(has, number ?? NULL, text ?? NULL)`
        FROM ${wanted} LEFT JOIN ${rows.from} ON ${rows.isOf(wanted.value)} ORDER BY ${wanted.position}`,
      cell: ([isThere, asNumber, asText]) => {
        if (!isThere) return null;
        if (field.kind === 'metric') return (asNumber ?? Number.NaN) as number;
        return (field.kind === 'tag' ? asText : (asNumber ?? asText)) as Cell;
      },
    };
  }
  const { number, text } = readRow(field, texts);
  const json = field.kind === 'environment' ? inEnvironment(field.key).json : undefined;
  return {
    question: select(json ?? number ?? text ?? NULL)`
      FROM ${wanted} JOIN ${RUN} ON ${RUN.id} = ${wanted.value} ORDER BY ${wanted.position}`,
    cell: ([found]) => (json === undefined || found === null ? (found as Cell) : jsonCell(found as string, texts)),
  };
}

/** A JSON value as a cell; an object or a list becomes its JSON text. */
function jsonCell(json: string, texts: Texts): Cell {
  const value: unknown = JSON.parse(json);
  const cell = value !== null && typeof value === 'object' ? json : (value as Cell);
  return texts === 'whole' || typeof cell !== 'string' ? cell : withoutPaths(cell);
}
