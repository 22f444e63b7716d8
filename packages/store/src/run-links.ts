import type { Doomed } from './doomed.ts';
import { RowReader } from './row-reader.ts';
import { runSetIdOf } from './run-sets.ts';
import { insertInto, OR_KEEP, update } from './sql/changes.ts';
import { sql } from './sql/compose.ts';
import { anyOf, sqlDate } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { selectAll, TABLES } from './sql/tables.ts';

// Share links and sets of runs hold run ids in a text, which no foreign key follows.

/** A share link that shows something to be deleted. */
export interface ChangedShare {
  readonly id: string;
  /** Whether it was still open. */
  readonly isOpen: boolean;
  /** The runs that it shows afterwards; null where nothing is left. */
  readonly left: readonly string[] | null;
}

const { RunSet, Share } = TABLES;

/** The remaining runs of a list; the same list where all remain. */
const without = (runIds: readonly string[], gone: ReadonlySet<string>): readonly string[] =>
  runIds.some((id) => gone.has(id)) ? runIds.filter((id) => !gone.has(id)) : runIds;

/** The share links that a deletion changes. */
export function changedShares(statements: Statements, { experimentIds, runIds }: Doomed, now: number): ChangedShare[] {
  const gone = new Set(runIds);
  return statements.objects(selectAll('Share')``).flatMap((row): ChangedShare[] => {
    const reader = new RowReader(row);
    const id = reader.text('id');
    const isOpen = reader.dateOrNull('revokedAt') === null && reader.date('expiresAt').getTime() > now;
    const experimentId = reader.textOrNull('experimentId');
    if (experimentId !== null) return experimentIds.includes(experimentId) ? [{ id, isOpen, left: null }] : [];
    const shown = reader.texts('runIds');
    const left = without(shown, gone);
    return left === shown ? [] : [{ id, isOpen, left: left.length > 0 ? left : null }];
  });
}

/** Removes deleted runs from share links and sets of runs; those that then name none are deleted. */
export function pruneLinks(statements: Statements, doomed: Doomed, at: Date): void {
  const shares = changedShares(statements, doomed, at.getTime());
  const closed = shares.flatMap(({ id, left }) => (left === null ? [id] : []));
  statements.run(sql`DELETE FROM ${Share} WHERE ${Share.id} IN ${anyOf(closed)}`);
  for (const { id, left } of shares) {
    if (left === null) continue;
    const runIds = JSON.stringify(left);
    statements.run(sql`${update('Share', { runIds })} WHERE ${Share.id} = ${id}`);
    // A guest's page asks for the set of the runs that its link shows.
    statements.run(
      sql`${insertInto('RunSet', { id: runSetIdOf(left), runIds, createdAt: sqlDate(at.getTime()) })} ${OR_KEEP}`,
    );
  }
  const gone = new Set(doomed.runIds);
  for (const row of statements.objects(selectAll('RunSet')``)) {
    const reader = new RowReader(row);
    const [id, shown] = [reader.text('id'), reader.texts('runIds')];
    const left = without(shown, gone);
    if (left === shown) continue;
    // The address of a comparison contains the id: it then shows what is left.
    statements.run(
      left.length === 0
        ? sql`DELETE FROM ${RunSet} WHERE ${RunSet.id} = ${id}`
        : sql`${update('RunSet', { runIds: JSON.stringify(left) })} WHERE ${RunSet.id} = ${id}`,
    );
  }
}
