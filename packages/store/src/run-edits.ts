import { StoreError } from './errors.ts';
import { Sql, type Statements, sql, sqlDate } from './sql.ts';
import { checkKey, checkText } from './text-limits.ts';

const MOST_NOTES = 200_000;
const MOST_TAG = 10_000;
const MOST_KEY = 200;

/** What people change of runs that are recorded. All of a change is made, or nothing of it. */
export class RunEdits {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** @throws StoreError `bad-input`, `not-found` */
  rename(id: string, name: string): void {
    checkText('name', name, { least: 1 });
    this.#update([id], sql`name = ${name}`);
  }

  /** Notes are Markdown. @throws StoreError `bad-input`, `not-found` */
  setNotes(id: string, notes: string): void {
    checkText('notes', notes, { most: MOST_NOTES });
    this.#update([id], sql`notes = ${notes}`);
  }

  /**
   * Sets tags of runs; null takes one away, tags that are not named stay.
   * @throws StoreError `bad-input`, `not-found`
   */
  setTags(ids: readonly string[], tags: Readonly<Record<string, string | null>>): void {
    for (const [key, value] of Object.entries(tags)) {
      checkText('tag', key, { least: 1, most: MOST_KEY });
      checkKey('tag', key);
      checkText(`tag ${key}`, value ?? '', { most: MOST_TAG });
    }
    const list = JSON.stringify(ids);
    this.#inOne(ids, () => {
      for (const [key, value] of Object.entries(tags)) {
        this.#statements.run(
          value === null
            ? sql`DELETE FROM Tag WHERE key = ${key} AND runId IN (SELECT value FROM json_each(${list}))`
            : sql`INSERT INTO Tag (runId, key, value, number) SELECT value, ${key}, ${value}, ${tagNumber(value)} FROM json_each(${list}) WHERE true
                  ON CONFLICT (runId, key) DO UPDATE SET value = excluded.value, number = excluded.number`,
        );
      }
    });
  }

  /** Takes runs out of lists and comparisons; nothing of them is lost. Those that were not out already. @throws StoreError `not-found` */
  archive(ids: readonly string[]): string[] {
    return this.#move(ids, sql`archivedAt = ${sqlDate(Date.now())}`, new Sql('archivedAt IS NULL'));
  }

  /** Brings archived runs back. Those that were out. @throws StoreError `not-found` */
  restore(ids: readonly string[]): string[] {
    return this.#move(ids, new Sql('archivedAt = NULL'), new Sql('archivedAt IS NOT NULL'));
  }

  /** Changes those of the runs of which it is true, and gives their ids, in the order of `ids`. */
  #move(ids: readonly string[], change: Sql, isDue: Sql): string[] {
    return this.#inOne(ids, () => {
      const due = this.#statements.column<string>(
        sql`SELECT j.value FROM json_each(${JSON.stringify(ids)}) j JOIN Run ON Run.id = j.value WHERE ${isDue} ORDER BY j.key`,
      );
      this.#statements.run(
        sql`UPDATE Run SET ${change} WHERE id IN (SELECT value FROM json_each(${JSON.stringify(due)}))`,
      );
      return due;
    });
  }

  #update(ids: readonly string[], change: Sql): void {
    const list = JSON.stringify(ids);
    this.#inOne(ids, () => {
      this.#statements.run(sql`UPDATE Run SET ${change} WHERE id IN (SELECT value FROM json_each(${list}))`);
    });
  }

  #inOne<T>(ids: readonly string[], work: () => T): T {
    return this.#statements.db
      .transaction(() => {
        const [unknown] = this.#statements.column<string>(
          sql`SELECT value FROM json_each(${JSON.stringify(ids)}) WHERE value NOT IN (SELECT id FROM Run) LIMIT 1`,
        );
        if (unknown !== undefined) {
          throw new StoreError('not-found', `no run "${unknown}"; whorl ls <experiment> lists them`);
        }
        return work();
      })
      .immediate();
  }
}

/** The number that a tag reads as, so that `tags.round > 9` finds the tenth; null for another text. */
export function tagNumber(value: string): number | null {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? null : number;
}
