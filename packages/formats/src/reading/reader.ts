import type { Text } from '@whorl/core';
import type { SourceNews } from './events.ts';

/**
 * How far a file was read. It is JSON, so that it can be stored and reading can go on from it as if never interrupted.
 */
export interface FilePosition {
  /** The first byte that was not read. */
  readonly offset: number;
}

/** A record that is not as written. */
export interface Damage {
  /** Where the record begins in the file. */
  readonly offset: number;
  readonly reason: Text;
}

export interface FileReading<P extends FilePosition> {
  readonly news: readonly SourceNews[];
  readonly damage: readonly Damage[];
  readonly position: P;
}

/**
 * Reads files of one format, piece by piece. The news are the same however a file is cut: a partial record is not read,
 * and `position` stays before it.
 */
export interface FormatReader<P extends FilePosition = FilePosition> {
  readonly format: string;
  /** The position at the beginning of a file. */
  readonly start: P;
  /** Whether a changed file repeats everything, in place of what it said before. */
  readonly isRestated?: boolean;
  /**
   * Whether a file beginning with `head` has this format, decided by its bytes and not by its name.
   * @param isWhole whether the file has no more bytes
   */
  recognises(head: Uint8Array, isWhole?: boolean): boolean;
  /**
   * Reads all whole records of `bytes`, which begin in the file at `position.offset`. If the position does not move,
   * more bytes are needed; or, if there is damage as well, nothing after it can be found.
   * @param ended whether no more bytes will come: a record that needs no end mark is then whole
   */
  read(bytes: Uint8Array, position: P, ended?: boolean): FileReading<P>;
}

/**
 * Reads formats whose pieces cannot be read alone: `bytes` is always the whole file, and each call reads a part of it.
 */
export interface WholeFileReader extends Omit<FormatReader, 'read'> {
  readonly needsWhole: true;
  read(bytes: Uint8Array, position: FilePosition): Promise<FileReading<FilePosition>>;
}
