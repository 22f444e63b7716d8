import { type Attribute, type Cell, type Field, RUN_STATUSES, withoutPaths } from '@whorl/core';
import type { Texts } from './run-selection.ts';
import { Sql, sql } from './sql.ts';

/** The ways to read a field's value; null where it is never read so. */
export interface Reading {
  /** Whether the run has it. */
  readonly has: Sql;
  readonly number: Sql | null;
  readonly text: Sql | null;
  /** Whether it is NaN, which SQLite keeps as NULL. */
  readonly nan: Sql | null;
  /** The moment that it is, as the database holds one. */
  readonly date: Sql | null;
}

/** The table that holds a field's values by run and key; its index has the runs of a key in order. */
export interface KeyedTable {
  readonly table: Sql;
  readonly key: string;
  /** The columns of number and text. */
  readonly columns: readonly [number: string, text: string | null];
}

const METRICS = new Sql('MetricSeries %s INDEXED BY MetricSeries_key_runId_last_min_max_idx');
const PARAMS = new Sql('Param %s INDEXED BY Param_key_runId_number_value_idx');
const TAGS = new Sql('Tag %s INDEXED BY Tag_key_runId_number_value_idx');

/** Where a field lies beside the run's own row, null where it is in it. */
export function keyedOf(field: Field): KeyedTable | null {
  switch (field.kind) {
    case 'metric':
      return { table: METRICS, key: field.key, columns: [field.part, null] };
    case 'param':
      return { table: PARAMS, key: field.key, columns: ['number', 'value'] };
    case 'tag':
      return { table: TAGS, key: field.key, columns: ['number', 'value'] };
    default:
      return null;
  }
}

/** The table under the name `alias`. */
export const tableAs = ({ table }: KeyedTable, alias: string): Sql => new Sql(table.text.replace('%s', `AS ${alias}`));

/** A text as others may read it. Few have a path: the others are spared the call into JavaScript. */
const shown = (text: Sql, texts: Texts): Sql =>
  texts === 'whole'
    ? text
    : sql`CASE WHEN instr(${text}, '/') + instr(${text}, '\\') > 0 THEN without_paths(${text}) ELSE ${text} END`;

/** How to read a field from a row of its table that is called `alias`. */
export function readKeyed({ columns: [number, text] }: KeyedTable, alias: string, texts: Texts): Reading {
  const column = new Sql(`${alias}.${number}`);
  return {
    has: new Sql(`${alias}.runId IS NOT NULL`),
    number: column,
    text: text === null ? null : shown(new Sql(`${alias}.${text}`), texts),
    nan: text === null ? sql`${column} IS NULL` : null,
    date: null,
  };
}

const ofText = (column: Sql): Reading => ({
  has: sql`${column} IS NOT NULL`,
  number: null,
  text: column,
  nan: null,
  date: null,
});
const ofDate = (column: Sql): Reading => ({
  ...ofText(column),
  text: sql`replace(${column}, '+00:00', 'Z')`,
  date: column,
});

/** As a run's record has it: what is none of Whorl's reads as `crashed`. */
const STATUS = new Sql(
  `CASE WHEN r.status IN (${RUN_STATUSES.map((status) => `'${status}'`).join(', ')}) THEN r.status ELSE 'crashed' END`,
);
const SECONDS = new Sql('r.durationMs / 1000.0');

const ATTRIBUTES: Readonly<Record<Attribute, Reading>> = {
  id: ofText(new Sql('r.id')),
  name: ofText(new Sql('r.name')),
  status: ofText(STATUS),
  source: ofText(new Sql('r.source')),
  study: ofText(new Sql("nullif(r.study, '')")),
  engine: ofText(new Sql("nullif(r.engine, '')")),
  mode: ofText(new Sql("nullif(r.mode, '')")),
  duration: { ...ofText(SECONDS), number: SECONDS, text: null },
  created: ofDate(new Sql('r.createdAt')),
  started: ofDate(new Sql('r.startedAt')),
  ended: ofDate(new Sql('r.endedAt')),
  notes: ofText(new Sql("nullif(r.notes, '')")),
  command: ofText(new Sql("nullif(r.command, '')")),
  error: ofText(new Sql('r.error')),
};

const NOTHING: Reading = { ...ofText(new Sql('NULL')), text: null };

/** A dotted path as SQLite writes one, null where it cannot write it. */
const jsonPath = (key: string): string | null =>
  /["\\\0]/.test(key)
    ? null
    : `$${key
        .split('.')
        .map((part) => `."${part}"`)
        .join('')}`;

function ofEnvironment(key: string): Reading {
  const path = jsonPath(key);
  if (path === null) return NOTHING;
  // What is no JSON says nothing: SQLite would refuse the whole question for one such row.
  const kind = sql`CASE WHEN json_valid(r.environment) THEN json_type(r.environment, ${path}) END`;
  return {
    has: sql`coalesce(${kind}, 'null') <> 'null'`,
    number: sql`CASE WHEN ${kind} IN ('integer', 'real') THEN CAST(r.environment ->> ${path} AS REAL) END`,
    text: sql`CASE ${kind} WHEN 'text' THEN r.environment ->> ${path} WHEN 'null' THEN NULL ELSE r.environment -> ${path} END`,
    nan: null,
    date: null,
  };
}

/** How to read an attribute, or something of the environment, from the run's row `r`. */
export function readRow(field: Field, texts: Texts): Reading {
  const reading =
    field.kind === 'attribute'
      ? ATTRIBUTES[field.key]
      : field.kind === 'environment'
        ? ofEnvironment(field.key)
        : NOTHING;
  return reading.text === null || reading.date ? reading : { ...reading, text: shown(reading.text, texts) };
}

/** What to select of each of some runs, and the cell that it makes. */
export function cellsOf(
  field: Field,
  ids: string,
  texts: Texts,
): { readonly query: Sql; readonly cell: (row: unknown[]) => Cell } {
  const keyed = keyedOf(field);
  if (keyed) {
    const { has, number, text } = readKeyed(keyed, 't', texts);
    return {
      query: sql`SELECT ${has}, ${number}, ${text ?? new Sql('NULL')} FROM json_each(${ids}) j LEFT JOIN ${tableAs(keyed, 't')} ON t.key = ${keyed.key} AND t.runId = j.value ORDER BY j.key`,
      cell: ([isThere, asNumber, asText]) => {
        if (!isThere) return null;
        if (field.kind === 'metric') return (asNumber ?? Number.NaN) as number;
        return (field.kind === 'tag' ? asText : (asNumber ?? asText)) as Cell;
      },
    };
  }
  const { number, text } = readRow(field, texts);
  const path = field.kind === 'environment' ? jsonPath(field.key) : null;
  const value =
    path === null
      ? (number ?? text ?? new Sql('NULL'))
      : sql`CASE WHEN json_valid(r.environment) THEN r.environment -> ${path} END`;
  return {
    query: sql`SELECT ${value} FROM json_each(${ids}) j JOIN Run r ON r.id = j.value ORDER BY j.key`,
    cell: ([found]) => (path === null || found === null ? (found as Cell) : jsonCell(found as string, texts)),
  };
}

/** A JSON value as a cell: an object or a list is its text. */
function jsonCell(json: string, texts: Texts): Cell {
  const value: unknown = JSON.parse(json);
  const cell = value !== null && typeof value === 'object' ? json : (value as Cell);
  return texts === 'whole' || typeof cell !== 'string' ? cell : withoutPaths(cell);
}
