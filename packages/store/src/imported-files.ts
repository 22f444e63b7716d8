import { StoreError } from './errors.ts';
import { insertInto, orUpdate } from './sql/changes.ts';
import { select, sql } from './sql/compose.ts';
import type { Statements } from './sql/statements.ts';
import { selectAll, TABLES } from './sql/tables.ts';

/** A file of another program that was read into an experiment, and how far. */
export interface ImportedFile {
  readonly experimentId: string;
  /** Absolute. */
  readonly path: string;
  /** Which reader reads it. */
  readonly format: string;
  /** JSON: where that reader goes on. */
  readonly position: string;
  /** In bytes. */
  readonly size: number;
  /** In ms since 1970. */
  readonly modifiedAt: number;
  /** SHA-256 of its first `headSize` bytes, hexadecimal: whether it is still the file that was read. */
  readonly head: string;
  readonly headSize: number;
  /** The run of a file that has one. */
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

  /** Those that were read into an experiment, by path. */
  of(experimentId: string): Map<string, ImportedFile> {
    const rows = this.#statements.objects(selectAll('ImportedFile')`WHERE ${Table.experimentId} = ${experimentId}`);
    return new Map((rows as ImportedFile[]).map((row) => [row.path, row]));
  }

  /**
   * Notes how far a file was read together with what `record` writes of it: both are in the record, or neither, whenever
   * the process dies.
   * @param before the position from which it was read; null of a file that was not read before
   * @throws StoreError `conflict` where another process has read it on since: nothing is written
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
