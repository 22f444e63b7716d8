import { retryBusy } from './busy.ts';
import { StoreError } from './errors.ts';
import { RowReader } from './row-reader.ts';
import { COUNT, type Sql, sql } from './sql/compose.ts';
import { anyOf } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { selectAll, TABLES } from './sql/tables.ts';

/** Fewer free bytes are not worth rewriting the database. */
const WORTHWHILE = 2 ** 20;

const { DatasetInput, Experiment, ImportedFile, LoggedDataset, Run, RunSet, Share } = TABLES;

/** Rows without an owner, and the free space that deleted rows left in the database's file. */
export class OwnerlessRows {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /**
   * Finds rows without an owner, and deletes them unless `dry`: rows whose run or experiment is gone, and links and
   * sets of which every run is gone.
   * @returns how many there are
   * @throws StoreError `damaged` where SQLite finds its own structures wrong: a row may then only seem to have no owner
   */
  async sweep({ dry = false }: { readonly dry?: boolean } = {}): Promise<number> {
    const found = this.#statements.read(() => this.#count());
    if (dry || found === 0) return found;
    const [problem] = this.#statements.structureProblems(1);
    if (problem !== undefined) {
      throw new StoreError('damaged', {
        en: `the database is damaged (${problem}), so no row was removed; whorl doctor --deep says what can be read`,
        zh: `数据库已损坏（${problem}），因此没有删除任何行；whorl doctor --deep 说明哪些内容仍可读取`,
      });
    }
    return retryBusy(async () =>
      this.#statements.write(() => {
        const rows = this.#count();
        for (const [table, row] of this.#statements.orphanRows()) this.#statements.deleteRow(table, row);
        for (const which of OWNERLESS) this.#statements.run(sql`DELETE FROM ${which}`);
        for (const [table, ids] of this.#withoutRuns()) {
          this.#statements.run(sql`DELETE FROM ${table} WHERE ${table.id} IN ${anyOf(ids)}`);
        }
        return rows;
      }),
    );
  }

  #count(): number {
    const counts = OWNERLESS.map(
      (which) => this.#statements.column(sql<[number]>`SELECT ${COUNT} FROM ${which}`)[0] ?? 0,
    );
    const lists = this.#withoutRuns().map(([, ids]) => ids.length);
    return [...counts, ...lists].reduce((sum, count) => sum + count, this.#statements.orphanRows().length);
  }

  /** Links and sets that name only deleted runs. */
  #withoutRuns() {
    const runs = new Set(this.#statements.column(sql<[string]>`SELECT ${Run.id} FROM ${Run}`));
    return (
      [
        ['RunSet', RunSet],
        ['Share', Share],
      ] as const
    ).map(([name, table]) => {
      const ids = this.#statements.objects(selectAll(name)``).flatMap((row) => {
        const reader = new RowReader(row);
        const [id, shown] = [reader.text('id'), reader.texts('runIds')];
        const isOfRuns = reader.damage.length === 0 && shown.length > 0;
        return isOfRuns && !shown.some((run) => runs.has(run)) ? [id] : [];
      });
      return [table, ids] as const;
    });
  }

  /** The free bytes in the database's file, if worth giving back to the disk; else 0, as new rows will use them. */
  get spareBytes(): number {
    const free = this.#statements.freeBytes;
    return free < WORTHWHILE ? 0 : free;
  }

  /**
   * Gives free space back to the disk, if worth it, by rewriting the database. That takes as much space again for a
   * while; others can read meanwhile but not write.
   * @returns how many bytes were given back
   */
  async giveBack(): Promise<number> {
    const spare = this.spareBytes;
    if (spare === 0) return 0;
    await retryBusy(async () => this.#statements.vacuum());
    return spare - this.#statements.freeBytes;
  }
}

/** What follows FROM, for rows that no foreign key holds. */
const OWNERLESS: readonly Sql[] = [
  sql`${ImportedFile} WHERE ${ImportedFile.experimentId} NOT IN (SELECT ${Experiment.id} FROM ${Experiment})`,
  sql`${LoggedDataset} WHERE ${LoggedDataset.id} NOT IN (SELECT ${DatasetInput.datasetId} FROM ${DatasetInput})`,
];
