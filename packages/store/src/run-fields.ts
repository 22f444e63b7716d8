import { ATTRIBUTES, type Cell, type Field, type FieldInfo, formatField } from '@whorl/core';
import { type Keyed, keyedOf, type Reading, readKeyed, readRow, tableAs } from './field-sql.ts';
import type { RunSelection } from './run-selection.ts';
import { fromScope, isSelected } from './run-table.ts';
import { Sql, type Statements, sql } from './sql.ts';

const MOST_DISTINCT = 200;
const MOST_VALUES = 20;
/** A longer key is nobody's to choose from a list. */
const MOST_KEY = 1_000;
const MOST_KEPT = 8;

const NULL = new Sql('NULL');
const ANY_ROW: Field = { kind: 'environment', key: '' };

/** Of which runs the fields are: a query picks from among them. */
export type FieldsOf = Pick<RunSelection, 'scope' | 'archived'>;

/** What the runs of a scope have: the fields to choose columns from and to complete a query with. */
export class RunFields {
  readonly #statements: Statements;
  readonly #kept = new Map<string, readonly FieldInfo[]>();
  #revision = '';

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /**
   * The fields that one run or more of these has; counted anew only after a change. A metric is there once, by its
   * last value: its lowest and highest go with it.
   */
  list({ scope, archived }: FieldsOf): readonly FieldInfo[] {
    return this.#statements.db.transaction(() => {
      const revision = this.#statements.revision();
      if (revision !== this.#revision) this.#kept.clear();
      this.#revision = revision;
      const of: FieldsOf = { scope, archived };
      const name = JSON.stringify(of);
      const found = this.#kept.get(name) ?? this.#count(of);
      this.#kept.set(name, found);
      if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value as string);
      return found;
    })();
  }

  #count(of: FieldsOf): FieldInfo[] {
    const keys = (kind: 'param' | 'tag' | 'metric', table: string): Field[] =>
      this.#statements
        .column<string>(
          sql`SELECT DISTINCT t.key ${fromScope(of.scope)} CROSS JOIN ${new Sql(table)} t ON t.runId = r.id WHERE ${isSelected(of)} ORDER BY 1`,
        )
        .filter((key) => key.length <= MOST_KEY)
        .map((key): Field => (kind === 'metric' ? { kind, key, part: 'last' } : { kind, key }));
    const fields: Field[] = [
      ...ATTRIBUTES.map((key): Field => ({ kind: 'attribute', key })),
      ...keys('param', 'Param'),
      ...keys('metric', 'MetricSeries'),
      ...keys('tag', 'Tag'),
    ];
    return [...fields.flatMap((field) => this.#countOne(of, field) ?? []), ...this.#environment(of)];
  }

  #countOne(of: FieldsOf, field: Field): FieldInfo | null {
    const keyed = keyedOf(field);
    const { has, number, text, nan, date }: Reading = keyed ? readKeyed(keyed, 't') : readRow(field);
    const rows = sql`${fromScope(of.scope, [field])} ${keyed ? joinOf(keyed) : new Sql('')} WHERE ${isSelected(of)} AND ${has}`;
    const [counts] = this.#statements.rows<[number, number, number, number | null, number | null]>(
      sql`SELECT count(*), count(${number ?? NULL}), count(DISTINCT ${date ?? text ?? number ?? NULL}), min(${number ?? NULL}), max(${number ?? NULL}) ${rows}`,
    );
    const [runs, numbers, known, min, max] = counts ?? [0, 0, 0, null, null];
    if (runs === 0) return null;
    const distinct = known + (nan && numbers < runs ? 1 : 0);
    const values = distinct > MOST_DISTINCT ? [] : this.#frequent(field, number, text, rows);
    const kind = nan || numbers === runs ? 'number' : numbers === 0 ? 'text' : 'mixed';
    return { field: formatField(field), kind, runs, distinct, values, ...extent(min, max) };
  }

  #frequent(field: Field, number: Sql | null, text: Sql | null, rows: Sql): Cell[] {
    const shown = field.kind === 'tag' ? NULL : (number ?? NULL);
    return this.#statements
      .rows<[number | null, string | null, number]>(
        sql`SELECT ${shown}, ${text ?? NULL}, count(*) ${rows} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ${MOST_VALUES}`,
      )
      .map(([asNumber, asText]) => asNumber ?? asText ?? Number.NaN);
  }

  /** The leaves of the runs' environments. Many runs have the same: each is read once. */
  #environment(of: FieldsOf): FieldInfo[] {
    const counts = new Map<string, Map<Cell, number>>();
    const environments = this.#statements.rows<[string, number]>(
      sql`SELECT r.environment, count(*) ${fromScope(of.scope, [ANY_ROW])} WHERE ${isSelected(of)} GROUP BY 1`,
    );
    for (const [json, runs] of environments) {
      for (const [path, value] of leaves(JSON.parse(json))) {
        const values = counts.get(path) ?? new Map<Cell, number>();
        counts.set(path, values.set(value, (values.get(value) ?? 0) + runs));
      }
    }
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, values]) => infoOf(key, values));
  }
}

const joinOf = (keyed: Keyed): Sql => sql`CROSS JOIN ${tableAs(keyed, 't')} ON t.key = ${keyed.key} AND t.runId = r.id`;

const extent = (min: number | null, max: number | null) => (min === null || max === null ? {} : { min, max });

/** The leaves of a JSON object by their dotted paths, without keys that a path cannot say; a list is its text. */
function* leaves(value: unknown, path = ''): Generator<[string, Cell]> {
  if (value === null || value === undefined || path.length > MOST_KEY) return;
  if (typeof value !== 'object') yield [path, value as Cell];
  else if (Array.isArray(value)) yield [path, JSON.stringify(value)];
  else {
    for (const [key, child] of Object.entries(value)) {
      if (!/[".\\\0]/.test(key)) yield* leaves(child, path === '' ? key : `${path}.${key}`);
    }
  }
}

function infoOf(key: string, counts: ReadonlyMap<Cell, number>): FieldInfo {
  const byCount = [...counts].sort(([, a], [, b]) => b - a);
  const numbers = byCount.flatMap(([value]) => (typeof value === 'number' ? [value] : []));
  const ends =
    numbers.length === 0
      ? {}
      : { min: numbers.reduce((a, b) => Math.min(a, b)), max: numbers.reduce((a, b) => Math.max(a, b)) };
  return {
    field: formatField({ kind: 'environment', key }),
    kind: numbers.length === counts.size ? 'number' : numbers.length === 0 ? 'text' : 'mixed',
    runs: byCount.reduce((sum, [, runs]) => sum + runs, 0),
    distinct: counts.size,
    values: counts.size > MOST_DISTINCT ? [] : byCount.slice(0, MOST_VALUES).map(([value]) => value),
    ...ends,
  };
}
