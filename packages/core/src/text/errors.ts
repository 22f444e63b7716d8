import { sameText, type Text } from './text.ts';

/**
 * The base of every error that Whorl raises on purpose: the message says what came, what is allowed and what to do. The
 * message is in English; `said` is the same in the reader's language.
 */
export class WhorlError extends Error {
  readonly said: Text;
  /** @param message in every language; a rare one in English only */
  constructor(message: string | Text, options?: ErrorOptions) {
    const said = typeof message === 'string' ? sameText(message) : message;
    super(said.en, options);
    this.said = said;
  }

  override get name(): string {
    return this.constructor.name;
  }
}

/** An invalid config, or an invalid part of the command that makes one. `path` names the field. */
export class ConfigError extends WhorlError {
  readonly path: string;
  constructor(path: string, message: string | Text) {
    const { en, zh } = typeof message === 'string' ? sameText(message) : message;
    super(path ? { en: `${path}: ${en}`, zh: `${path}：${zh}` } : { en, zh });
    this.path = path;
  }
}

/** An invalid query or field name. `start` and `end` are the offsets of the fault in the text. */
export class QueryError extends WhorlError {
  readonly start: number;
  readonly end: number;
  constructor(message: Text, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

/** A CSV file that cannot be trained on. The message names the file, the place of the fault and how to mend it. */
export class CsvError extends WhorlError {
  readonly file: string;
  /** The line on which the row begins, the header being line 1; null where no single row is at fault. */
  readonly row: number | null;
  /** The column's name, or its place from 1 where it has no name; null where no single column is at fault. */
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

/** Two tensors of different dtypes met in an operation that would silently convert one of them. */
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
