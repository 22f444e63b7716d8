import type { KeyedText } from './plain-runs.ts';
import { insertInto, orUpdate } from './sql/changes.ts';
import { select, sql } from './sql/compose.ts';
import { anyOf } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';

const { ExperimentTag } = TABLES;

/** The tags that programs set on experiments, by key. */
export class ExperimentTags {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** The tags of those of the experiments that have any, ordered by key. */
  of(ids: readonly string[]): ReadonlyMap<string, readonly KeyedText[]> {
    const { experimentId, key, value } = ExperimentTag;
    const found = new Map<string, KeyedText[]>();
    const rows = this.#statements.rows(
      select(
        experimentId,
        key,
        value,
      )`FROM ${ExperimentTag} WHERE ${experimentId} IN ${anyOf(ids)} ORDER BY ${experimentId}, ${key}`,
    );
    for (const [id, ...pair] of rows) found.set(id, [...(found.get(id) ?? []), pair]);
    return found;
  }

  /** Sets all of the tags, or none; other tags stay. */
  set(experimentId: string, tags: Readonly<Record<string, string>>): void {
    this.#statements.write(() => {
      for (const [key, value] of Object.entries(tags)) {
        const row = insertInto('ExperimentTag', { experimentId, key, value });
        this.#statements.run(sql`${row} ${orUpdate('ExperimentTag', ['experimentId', 'key'], ['value'])}`);
      }
    });
  }

  /** Deletes a tag. @returns whether there was one */
  delete(id: string, key: string): boolean {
    const { experimentId, key: its } = ExperimentTag;
    return (
      this.#statements.run(sql`DELETE FROM ${ExperimentTag} WHERE ${experimentId} = ${id} AND ${its} = ${key}`) > 0
    );
  }
}
