import { RUN_STATUSES } from '../runs/run-status.ts';
import { suggested } from '../text/nearest.ts';
import type { Text } from '../text/text.ts';
import { parseDate } from './dates.ts';
import type { Literal } from './expression.ts';
import { type Field, formatField, valueKindOf } from './field.ts';

/** Why `like` can never hold for a field; null where it can. */
export function checkLike(field: Field): Text | null {
  if (valueKindOf(field) !== 'number') return null;
  const name = formatField(field);
  return { en: `${name} is a number: like compares texts`, zh: `${name} 是数字：like 比较的是文本` };
}

/**
 * Why a comparison of the field with the value can never hold; null where it can. @param written the value as the query
 * has it
 */
export function checkValue(field: Field, value: Literal, written: string): Text | null {
  const name = formatField(field);
  const kind = valueKindOf(field);
  const came = written.length > 40 ? `${written.slice(0, 39)}…` : written;
  if (kind === 'number' && typeof value !== 'number') {
    return {
      en: `${name} is a number: expected a number, got ${came}`,
      zh: `${name} 是数字：应为数字，得到的是 ${came}`,
    };
  }
  if (kind === 'date' && (typeof value !== 'string' || parseDate(value, 'UTC') === null)) {
    return {
      en: `${name} is a date: expected one such as "2026-11-25" or "2026-11-25T10:00Z", got ${came}`,
      zh: `${name} 是日期：应写作 "2026-11-25" 或 "2026-11-25T10:00Z"，得到的是 ${came}`,
    };
  }
  if (kind === 'text' && typeof value !== 'string') {
    return {
      en: `${name} is a text: expected a text in quotes, got ${came}`,
      zh: `${name} 是文本：应为引号中的文本，得到的是 ${came}`,
    };
  }
  const isStatus = field.kind === 'attribute' && field.key === 'status';
  if (isStatus && !(RUN_STATUSES as readonly Literal[]).includes(value)) {
    const [allowed, near] = [RUN_STATUSES.join(', '), suggested(String(value), RUN_STATUSES)];
    return {
      en: `status: expected one of ${allowed}, got ${came}.${near.en}`,
      zh: `status：应为 ${allowed} 之一，得到的是 ${came}。${near.zh}`,
    };
  }
  return null;
}
