import type { Text } from '@whorl/core';
import type { SourceNews } from './events.ts';

/** How far a file was read. JSON, so that it can be kept: reading goes on from it as if it had never stopped. */
export interface FilePosition {
  /** The first byte that was not read. */
  readonly offset: number;
}

/** A record that is not as it was written. */
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
 * Reads files of one format, piece by piece. What comes of a file is the same however it is cut: a record of which only
 * a part is there is not read, and `position` stays before it.
 */
export interface FormatReader<P extends FilePosition = FilePosition> {
  readonly format: string;
  /** Where every file is begun. */
  readonly start: P;
  /** Whether a file that has changed says everything again, which replaces what it said. */
  readonly isRestated?: boolean;
  /**
   * Whether a file that begins with `head` is of this format: decided by its bytes, not by its name.
   * @param isWhole whether the file has no more bytes
   */
  recognises(head: Uint8Array, isWhole?: boolean): boolean;
  /**
   * Reads all whole records of `bytes`, which lie in the file from `position.offset` on. Where the position has not moved,
   * more bytes are needed; where there is damage as well, nothing behind it can be found.
   * @param ended whether no more will come: what needs no end is then whole
   */
  read(bytes: Uint8Array, position: P, ended?: boolean): FileReading<P>;
}

/** Reads files of which no piece can be read alone: `bytes` is always the whole file, and one call reads a part of it. */
export interface WholeFileReader extends Omit<FormatReader, 'read'> {
  readonly needsWhole: true;
  read(bytes: Uint8Array, position: FilePosition): Promise<FileReading<FilePosition>>;
}
