import type { Row } from './sql/statements.ts';

/**
 * Reads a row column by column. A value that its column cannot hold is noted in `damage` and replaced: it must hide
 * neither the rest of its row nor other rows.
 */
export class RowReader<C extends string = string> {
  readonly #row: Row<C>;
  /** The columns that cannot be read. */
  readonly damage: string[] = [];

  constructor(row: Row<C>) {
    this.#row = row;
  }

  #read<T>(column: C, isRight: (value: unknown) => value is T, standIn: T): T {
    const value = this.#row[column];
    if (isRight(value)) return value;
    this.damage.push(column);
    return standIn;
  }

  text(column: C): string {
    return this.#read(column, isText, '');
  }

  textOrNull(column: C): string | null {
    return this.#read(column, orNull(isText), null);
  }

  whole(column: C, standIn = 0): number {
    return this.#read(column, isWhole, standIn);
  }

  realOrNull(column: C): number | null {
    return this.#read(column, orNull(isReal), null);
  }

  oneOf<T extends string>(column: C, allowed: readonly T[], standIn: T): T {
    return this.#read(column, (value): value is T => (allowed as readonly unknown[]).includes(value), standIn);
  }

  date(column: C): Date {
    return new Date(this.#read(column, isMoment, 0));
  }

  dateOrNull(column: C): Date | null {
    const moment = this.#read(column, orNull(isMoment), null);
    return moment === null ? null : new Date(moment);
  }

  /** The JSON object in a column; null where there is none. */
  object(column: C): Readonly<Record<string, unknown>> | null {
    const value = parsed(this.#row[column]);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    this.damage.push(column);
    return null;
  }

  /** The JSON list of texts in a column; empty where there is none. */
  texts(column: C): string[] {
    const value = parsed(this.#row[column]);
    if (Array.isArray(value) && value.every(isText)) return value;
    this.damage.push(column);
    return [];
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isReal = (value: unknown): value is number => typeof value === 'number';
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const isMoment = (value: unknown): value is string | number =>
  (typeof value === 'string' || typeof value === 'number') && Number.isFinite(new Date(value).getTime());
const orNull =
  <T>(isRight: (value: unknown) => value is T) =>
  (value: unknown): value is T | null =>
    value === null || isRight(value);

function parsed(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : undefined;
  } catch {
    return undefined;
  }
}
