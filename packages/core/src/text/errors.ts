import { sameText, type Text } from './text.ts';

/**
 * Base of every error that Whorl raises on purpose: its message says what came, what is allowed and what to do. The message
 * is in English; `said` is what people read, in their language.
 */
export class WhorlError extends Error {
  readonly said: Text;
  /** @param message in every language, or a rare one in English alone */
  constructor(message: string | Text, options?: ErrorOptions) {
    const said = typeof message === 'string' ? sameText(message) : message;
    super(said.en, options);
    this.said = said;
  }

  override get name(): string {
    return this.constructor.name;
  }
}

/** A config, or a part of the command that makes one, is not valid. `path` names the field. */
export class ConfigError extends WhorlError {
  readonly path: string;
  constructor(path: string, message: string | Text) {
    const { en, zh } = typeof message === 'string' ? sameText(message) : message;
    super(path ? { en: `${path}: ${en}`, zh: `${path}：${zh}` } : { en, zh });
    this.path = path;
  }
}

/** A query or the name of a field is not valid. `start` and `end` are offsets into the text: where the fault is. */
export class QueryError extends WhorlError {
  readonly start: number;
  readonly end: number;
  constructor(message: Text, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

/** A CSV file that cannot be trained on. The message names the file, the place of the fault and what mends it. */
export class CsvError extends WhorlError {
  readonly file: string;
  /** The line of the file on which the row begins, the header's being 1; null where the fault is of no one row. */
  readonly row: number | null;
  /** The column's name, or its place from 1 where it has none; null where the fault is of no one column. */
  readonly column: string | number | null;
  /** In English. */
  readonly reason: string;
  constructor(file: string, at: { readonly row?: number; readonly column?: string | number }, reason: Text) {
    const column = at.column === undefined ? null : JSON.stringify(at.column);
    const en = [file, at.row && `row ${at.row}`, column && `column ${column}`].filter(Boolean).join(', ');
    const zh = [file, at.row && `第 ${at.row} 行`, column && `列 ${column}`].filter(Boolean).join('，');
    super({ en: `${en}: ${reason.en}`, zh: `${zh}：${reason.zh}` });
    this.file = file;
    this.row = at.row ?? null;
    this.column = at.column ?? null;
    this.reason = reason.en;
  }
}

/** Two tensors of different dtypes met in an operation that would have to convert one of them silently. */
export class DTypeMismatchError extends WhorlError {}

/** Two tensors' shapes do not fit the operation. */
export class ShapeMismatchError extends WhorlError {}

/** The engine asked for cannot be loaded on this machine. */
export class EngineUnavailableError extends WhorlError {
  readonly engine: string;
  readonly reason: string;
  constructor(engine: string, reason: string) {
    super({ en: `engine ${engine} is not available: ${reason}`, zh: `引擎 ${engine} 不可用：${reason}` });
    this.engine = engine;
    this.reason = reason;
  }
}
