import {
  type Cell,
  type Expression,
  type Field,
  foldPattern,
  foldText,
  isoInZone,
  type Literal,
  naturalKey,
  parseDate,
} from '@whorl/core';
import type { RunRecord } from '../src/index.ts';

// What queries and orders mean, written down once more and as plainly as can be, over records in memory.

/** The ways to read what a run has: its number, its text, its moment. */
interface Value {
  readonly number?: number;
  readonly text?: string;
  readonly moment?: number;
}

function valueIn(run: RunRecord, field: Field): Value | null {
  switch (field.kind) {
    case 'metric': {
      const series = run.metrics.find(({ key }) => key === field.key);
      return series ? { number: series[field.part] } : null;
    }
    case 'param': {
      if (!Object.hasOwn(run.params, field.key)) return null;
      const value = run.params[field.key];
      return typeof value === 'number' ? { number: value, text: String(value) } : { text: String(value) };
    }
    case 'tag': {
      if (!Object.hasOwn(run.tags, field.key)) return null;
      const text = run.tags[field.key] as string;
      const number = text.trim() === '' ? Number.NaN : Number(text);
      return Number.isNaN(number) ? { text } : { text, number };
    }
    case 'environment':
      return environmentOf(run, field.key);
    case 'attribute':
      return attributeOf(run, field.key);
  }
}

function environmentOf(run: RunRecord, key: string): Value | null {
  let at: unknown = run.environment;
  for (const part of key.split('.')) {
    if (at === null || typeof at !== 'object' || Array.isArray(at) || !Object.hasOwn(at, part)) return null;
    at = (at as Record<string, unknown>)[part];
  }
  if (at === null || at === undefined) return null;
  if (typeof at === 'string') return { text: at };
  if (typeof at === 'number') return { number: at, text: JSON.stringify(at) };
  return { text: JSON.stringify(at) };
}

function attributeOf(run: RunRecord, key: (Field & { kind: 'attribute' })['key']): Value | null {
  if (key === 'duration') return run.durationMs === null ? null : { number: run.durationMs / 1000 };
  const dates = { created: run.createdAt, started: run.startedAt, ended: run.endedAt };
  if (key === 'created' || key === 'started' || key === 'ended') {
    const date = dates[key];
    return date && { moment: date.getTime(), text: date.toISOString() };
  }
  const text = run[key];
  return text === null || (['notes', 'command', 'mode'].includes(key) && text === '') ? null : { text };
}

/** In order of code points, as UTF-8 sorts. */
const compareTexts = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

function compares(value: Value, operator: string, literal: Literal): boolean {
  if (operator === '!=') return !compares(value, '=', literal);
  if (typeof literal === 'number') {
    const { number } = value;
    if (number === undefined) return false;
    if (Number.isNaN(literal)) return operator === '=' && Number.isNaN(number);
    return decide(operator, number < literal, number === literal, number > literal);
  }
  if (value.moment !== undefined && typeof literal === 'string') {
    const period = parseDate(literal, 'UTC');
    if (!period) return false;
    const { moment } = value;
    return decide(operator, moment < period.start, period.start <= moment && moment < period.end, moment >= period.end);
  }
  if (value.text === undefined) return false;
  const order = compareTexts(value.text, String(literal));
  return decide(operator, order < 0, order === 0, order > 0);
}

const decide = (operator: string, less: boolean, equal: boolean, more: boolean): boolean =>
  (operator.includes('<') && less) || (operator.includes('>') && more) || (operator.includes('=') && equal);

/** LIKE by trying every way to match. */
function isLike(text: string, pattern: string): boolean {
  const [letters, marks] = [[...foldText(text)], [...foldPattern(pattern)]];
  const match = (i: number, j: number): boolean => {
    const mark = marks[j];
    if (mark === undefined) return i === letters.length;
    if (mark === '%') return match(i, j + 1) || (i < letters.length && match(i + 1, j));
    if (i >= letters.length) return false;
    if (mark === '_') return match(i + 1, j + 1);
    if (mark !== '\\') return letters[i] === mark && match(i + 1, j + 1);
    return marks[j + 1] !== undefined && letters[i] === marks[j + 1] && match(i + 1, j + 2);
  };
  return match(0, 0);
}

/** Whether the query holds for the run. */
export function holds(run: RunRecord, expression: Expression): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.terms.every((term) => holds(run, term));
    case 'or':
      return expression.terms.some((term) => holds(run, term));
    case 'not':
      return !holds(run, expression.term);
    default: {
      const value = valueIn(run, expression.field);
      if (value === null) return false;
      if (expression.kind === 'has') return true;
      if (expression.kind === 'compare') return compares(value, expression.operator, expression.value);
      const found =
        expression.kind === 'in'
          ? expression.values.some((literal) => compares(value, '=', literal))
          : value.text !== undefined && isLike(likeText(value), expression.pattern);
      return found !== expression.negated;
    }
  }
}

/** The text that `like` looks at: of a date, the one of its zone. */
const likeText = ({ text = '', moment }: Value): string => (moment === undefined ? text : isoInZone(moment, 'UTC'));

/** The cell of a field. */
export function cellOf(run: RunRecord, field: Field): Cell {
  const value = valueIn(run, field);
  if (value === null) return null;
  if (field.kind === 'tag') return value.text as string;
  if (field.kind === 'environment' && (value.text === 'true' || value.text === 'false')) {
    const leaf = field.key
      .split('.')
      .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], run.environment);
    return typeof leaf === 'boolean' ? leaf : value.text;
  }
  return value.number ?? value.text ?? null;
}

/** Numbers before texts before NaN before what is missing, whatever the direction. */
function rank(value: Value | null): number {
  if (value === null) return 3;
  if (Number.isNaN(value.number)) return 2;
  return value.number === undefined ? 1 : 0;
}

/** Sorts as a table does. */
export function compareRuns(
  a: RunRecord,
  b: RunRecord,
  sort: readonly { field: Field; descending: boolean }[],
): number {
  for (const { field, descending } of sort) {
    const [x, y] = [valueIn(a, field), valueIn(b, field)];
    if (rank(x) !== rank(y)) return rank(x) - rank(y);
    if (x === null || y === null || rank(x) === 2) continue;
    const order = rank(x) === 0 ? (x.number as number) - (y.number as number) || 0 : 0;
    const natural = ({ text = '', number, moment }: Value) =>
      number === undefined && moment === undefined ? naturalKey(text) : '';
    const byText = order || compareTexts(natural(x), natural(y)) || compareTexts(x.text ?? '', y.text ?? '');
    if (byText !== 0) return descending ? -byText : byText;
  }
  return b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
