import { StoreError } from './errors.ts';
import { insertInto, orUpdate } from './sql/changes.ts';
import { select, sql } from './sql/compose.ts';
import type { Statements } from './sql/statements.ts';
import { selectAll, TABLES } from './sql/tables.ts';

/** A file of another program that is read into an experiment, and how far it was read. */
export interface ImportedFile {
  readonly experimentId: string;
  /** Absolute. */
  readonly path: string;
  /** The name of the reader. */
  readonly format: string;
  /** JSON: where the reader goes on. */
  readonly position: string;
  /** In bytes. */
  readonly size: number;
  /** ms since 1970. */
  readonly modifiedAt: number;
  /** SHA-256, hexadecimal, of its first `headSize` bytes: it tells whether this is still the same file. */
  readonly head: string;
  readonly headSize: number;
  /** The run made from it, for a file that holds one. */
  readonly runId: string | null;
}

const { ImportedFile: Table } = TABLES;
const REPLACED = ['format', 'position', 'size', 'modifiedAt', 'head', 'headSize', 'runId'] as const;

/** How far files of other programs were read. */
export class ImportedFiles {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** The files that were read into an experiment, by path. */
  of(experimentId: string): Map<string, ImportedFile> {
    const rows = this.#statements.objects(selectAll('ImportedFile')`WHERE ${Table.experimentId} = ${experimentId}`);
    return new Map((rows as ImportedFile[]).map((row) => [row.path, row]));
  }

  /**
   * Keeps how far a file was read, in one transaction with what `record` writes of it: whenever the process dies, both
   * are in the record or neither.
   * @param before the position from which it was read; null for a new file
   * @throws StoreError `conflict` where another process has read on meanwhile: nothing is written
   */
  keep(file: ImportedFile, before: string | null, record: () => void): void {
    this.#statements.write(() => {
      const [position = null] = this.#statements.column(
        select(Table.position)`
          FROM ${Table} WHERE ${Table.experimentId} = ${file.experimentId} AND ${Table.path} = ${file.path}`,
      );
      if (position !== before)
        throw new StoreError('conflict', `${file.path} was read by another process at the same time`);
      record();
      const row = insertInto('ImportedFile', { ...file });
      this.#statements.run(sql`${row} ${orUpdate('ImportedFile', ['experimentId', 'path'], REPLACED)}`);
    });
  }
}
