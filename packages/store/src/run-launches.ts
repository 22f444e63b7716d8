import { isLive } from './run-status-sql.ts';
import { select, sql } from './sql/compose.ts';
import { anyOf, jsonAt } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';

/**
 * The time of a command (in older records: of a process) that recorded some runs: from the start of the first to the
 * end of the last.
 */
interface Span {
  readonly runs: string[];
  readonly from: string;
  to: string;
}

const { Run } = TABLES;
/** The end of a run that has not ended. */
const OPEN = '￿';

/**
 * The launch of the recorder that trained each run, counted from 1. A run's environment names its command; an older one
 * names only its process, of which a launch has several: those that overlap in time are one launch, and a later one
 * begins after all before it have ended.
 */
export function launchesOf(statements: Statements, ids: readonly string[]): ReadonlyMap<string, number> {
  const process = sql`${Run.host} || ' ' || ${Run.pid} || ' ' || ${Run.processStart}`;
  const command = sql<string>`coalesce(${jsonAt(Run.environment, ['launch']).text}, ${process})`;
  const begin = sql<string>`CAST(${Run.createdAt} AS TEXT)`;
  const unended = sql`CASE WHEN ${isLive(Run)} THEN ${OPEN} ELSE ${Run.createdAt} END`;
  const end = sql<string>`CAST(coalesce(${Run.endedAt}, ${unended}) AS TEXT)`;
  const question = select(Run.id, command, begin, end);
  const rows = statements.rows(
    question`FROM ${Run} WHERE ${Run.id} IN ${anyOf(ids)} ORDER BY ${Run.createdAt}, ${Run.id}`,
  );
  const spans = new Map<string, Span>();
  for (const [id, command, from, to] of rows) {
    const span = spans.get(command);
    if (!span) spans.set(command, { runs: [id], from, to });
    else {
      span.runs.push(id);
      if (to > span.to) span.to = to;
    }
  }
  const launches = new Map<string, number>();
  let [launch, last] = [0, ''];
  for (const { runs, from, to } of spans.values()) {
    if (launch === 0 || from > last) launch += 1;
    if (to > last) last = to;
    for (const id of runs) launches.set(id, launch);
  }
  return launches;
}
