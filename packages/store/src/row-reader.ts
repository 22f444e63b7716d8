/** A row of the database as it lies there, whatever is in its columns. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Reads a row column by column. A value that its column cannot hold is noted in `damage`, and something stands in for it:
 * it must hide neither the rest of its row nor the other rows.
 */
export class RowReader {
  readonly #row: Row;
  /** The columns that cannot be read. */
  readonly damage: string[] = [];

  constructor(row: Row) {
    this.#row = row;
  }

  #read<T>(column: string, isRight: (value: unknown) => value is T, standIn: T): T {
    const value = this.#row[column];
    if (isRight(value)) return value;
    this.damage.push(column);
    return standIn;
  }

  text(column: string): string {
    return this.#read(column, isText, '');
  }

  textOrNull(column: string): string | null {
    return this.#read(column, orNull(isText), null);
  }

  whole(column: string, standIn = 0): number {
    return this.#read(column, isWhole, standIn);
  }

  realOrNull(column: string): number | null {
    return this.#read(column, orNull(isReal), null);
  }

  oneOf<T extends string>(column: string, allowed: readonly T[], standIn: T): T {
    return this.#read(column, (value): value is T => (allowed as readonly unknown[]).includes(value), standIn);
  }

  date(column: string): Date {
    return new Date(this.#read(column, isMoment, 0));
  }

  dateOrNull(column: string): Date | null {
    const moment = this.#read(column, orNull(isMoment), null);
    return moment === null ? null : new Date(moment);
  }

  /** The JSON object in a column, null where there is none. */
  object(column: string): Readonly<Record<string, unknown>> | null {
    const value = parsed(this.#row[column]);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    this.damage.push(column);
    return null;
  }

  /** The JSON list of texts in a column, empty where there is none. */
  texts(column: string): string[] {
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
