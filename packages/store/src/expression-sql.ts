import { type Expression, type Field, type Literal, parseDate } from '@whorl/core';
import { keyedRows, type Reading, RUN, readRow } from './field-sql.ts';
import type { Texts } from './run-selection.ts';
import { joinSql, listSql, type Sql, sql } from './sql/compose.ts';
import { inZone, isLike, likeable, sqlDate } from './sql/sqlite.ts';

// What a query means, in SQL. A number is compared with the number of a field, a text with its text; a param that is a
// number has both. A missing field makes every comparison false, since each is an EXISTS of a row.

const TRUE = sql`1`;
const FALSE = sql`0`;
const AND = sql`AND`;
const OR = sql`OR`;

/** `expression` as a condition on the run `r`: 0 or 1, never NULL. Dates without an offset are in `timeZone`. */
export function expressionSql(expression: Expression, timeZone: string, texts: Texts): Sql {
  const part = (term: Expression): Sql => expressionSql(term, timeZone, texts);
  const holds = (field: Field, condition: (reading: Reading) => Sql): Sql => holdsSql(field, condition, texts);
  switch (expression.kind) {
    case 'and':
      return expression.terms.length === 0 ? TRUE : joinSql(expression.terms.map(part), AND);
    case 'or':
      return expression.terms.length === 0 ? FALSE : joinSql(expression.terms.map(part), OR);
    case 'not':
      return sql`NOT ${part(expression.term)}`;
    case 'has':
      return holds(expression.field, () => TRUE);
    case 'compare': {
      const { field, operator, value } = expression;
      if (operator === '!=')
        return holds(field, (reading) => sql`(${comparison(reading, '=', value, timeZone)}) IS NOT TRUE`);
      return holds(field, (reading) => comparison(reading, operator, value, timeZone));
    }
    case 'in': {
      const { field, values, negated } = expression;
      return holds(field, (reading) => {
        const found = isOneOf(reading, values, timeZone);
        return negated ? sql`(${found}) IS NOT TRUE` : found;
      });
    }
    case 'like': {
      const { field, pattern, negated } = expression;
      return holds(field, (reading) => {
        // As a text, a date is what the zone's clocks show.
        const date = reading.date && inZone(reading.date, timeZone);
        const text = date ?? (reading.text && likeable(reading.text));
        const found = text ? isLike(text, pattern) : FALSE;
        return negated ? sql`(${found}) IS NOT TRUE` : found;
      });
    }
  }
}

/** The run has the field, and the condition holds for its value. */
function holdsSql(field: Field, condition: (reading: Reading) => Sql, texts: Texts): Sql {
  const rows = keyedRows(field, 't', texts);
  if (rows) return sql`EXISTS (SELECT 1 FROM ${rows.from} WHERE ${rows.isOf(RUN.id)} AND ${condition(rows.reading)})`;
  const reading = readRow(field, texts);
  return sql`(${reading.has} AND (${condition(reading)}) IS TRUE)`;
}

type Order = '=' | '<' | '<=' | '>' | '>=';
const ORDERS: Readonly<Record<Order, Sql>> = {
  '=': sql`=`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
};

function comparison({ number, text, nan, date }: Reading, order: Order, value: Literal, timeZone: string): Sql {
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return (order === '=' && nan) || FALSE;
    return number ? sql`${number} ${ORDERS[order]} ${value}` : FALSE;
  }
  if (date && typeof value === 'string') return dateComparison(date, order, value, timeZone);
  return text ? sql`${text} ${ORDERS[order]} ${String(value)}` : FALSE;
}

const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A date is a period: before means before its start, after means from its end on. */
function dateComparison(date: Sql, order: Order, value: string, timeZone: string): Sql {
  const period = parseDate(value, timeZone);
  if (!period) return FALSE;
  const [start, end] = [period.start, period.end].map((ms) => sqlDate(Math.min(ms, LAST_MOMENT))) as [string, string];
  if (order === '<') return sql`${date} < ${start}`;
  if (order === '<=') return sql`${date} < ${end}`;
  if (order === '>') return sql`${date} >= ${end}`;
  if (order === '>=') return sql`${date} >= ${start}`;
  return sql`${date} >= ${start} AND ${date} < ${end}`;
}

function isOneOf(reading: Reading, values: readonly Literal[], timeZone: string): Sql {
  const { number, text, date } = reading;
  const numbers = values.filter((value) => typeof value === 'number' && !Number.isNaN(value)) as number[];
  const texts = values.filter((value) => typeof value !== 'number').map(String);
  const parts: Sql[] = [];
  if (values.some(Number.isNaN)) parts.push(comparison(reading, '=', Number.NaN, timeZone));
  if (numbers.length > 0 && number) parts.push(sql`${number} IN (${listSql(numbers.map((value) => sql`${value}`))})`);
  if (texts.length > 0 && date)
    parts.push(...texts.map((value) => sql`(${dateComparison(date, '=', value, timeZone)})`));
  else if (texts.length > 0 && text) parts.push(sql`${text} IN (${listSql(texts.map((value) => sql`${value}`))})`);
  return parts.length === 0
    ? FALSE
    : sql`(${joinSql(
        parts.map((part) => sql`(${part}) IS TRUE`),
        OR,
      )})`;
}
