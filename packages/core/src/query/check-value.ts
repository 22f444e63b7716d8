import { suggestion } from '../config/nearest.ts';
import { RUN_STATUSES } from '../run-status.ts';
import { parseDate } from './dates.ts';
import type { Literal } from './expression.ts';
import { type Field, formatField } from './field.ts';

type Kind = 'number' | 'date' | 'text' | 'any';

function kindOf(field: Field): Kind {
  if (field.kind === 'metric') return 'number';
  if (field.kind !== 'attribute') return 'any';
  const { key } = field;
  if (key === 'duration') return 'number';
  return key === 'created' || key === 'started' || key === 'ended' ? 'date' : 'text';
}

/** Why a field can never be like a text; null where it can. */
export const checkLike = (field: Field): string | null =>
  kindOf(field) === 'number' ? `${formatField(field)} is a number: like compares texts` : null;

/** Why a field can never compare with the value, which was written as `written`; null where it can. */
export function checkValue(field: Field, value: Literal, written: string): string | null {
  const name = formatField(field);
  const kind = kindOf(field);
  const came = written.length > 40 ? `${written.slice(0, 39)}…` : written;
  if (kind === 'number' && typeof value !== 'number') return `${name} is a number: expected a number, got ${came}`;
  if (kind === 'date' && (typeof value !== 'string' || parseDate(value, 'UTC') === null)) {
    return `${name} is a date: expected one such as "2026-11-25" or "2026-11-25T10:00Z", got ${came}`;
  }
  if (kind === 'text' && typeof value !== 'string') return `${name} is a text: expected a text in quotes, got ${came}`;
  const isStatus = field.kind === 'attribute' && field.key === 'status';
  if (isStatus && !(RUN_STATUSES as readonly Literal[]).includes(value)) {
    return `status: expected one of ${RUN_STATUSES.join(', ')}, got ${came}.${suggestion(String(value), RUN_STATUSES)}`;
  }
  return null;
}
