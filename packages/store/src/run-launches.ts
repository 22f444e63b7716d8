import { LIVE_STATUSES } from '@whorl/core';
import { type Statements, sql } from './sql.ts';

/** A command, or of an older record a process, that recorded some runs: from the start of its first to the end of its last. */
interface Span {
  readonly runs: string[];
  readonly from: string;
  to: string;
}

const LIVE = JSON.stringify(LIVE_STATUSES);
/** Of a run that has not ended. */
const OPEN = '￿';

/**
 * In which launch of the recorder each run came, counted from 1. A run's environment says which command recorded it; older
 * ones say only which process, of which a launch has several. Those whose times overlap are one, and a later one begins where
 * everything before it had ended.
 */
export function launchesOf(statements: Statements, ids: readonly string[]): ReadonlyMap<string, number> {
  const rows = statements.rows<[id: string, command: string, from: string, to: string]>(
    sql`SELECT id, coalesce(CASE WHEN json_valid(environment) THEN json_extract(environment, '$.launch') END, host || ' ' || pid || ' ' || processStart), CAST(createdAt AS TEXT), CAST(coalesce(endedAt, CASE WHEN status IN (SELECT value FROM json_each(${LIVE})) THEN ${OPEN} ELSE createdAt END) AS TEXT) FROM Run
        WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) ORDER BY createdAt, id`,
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
  let [launch, end] = [0, ''];
  for (const { runs, from, to } of spans.values()) {
    if (launch === 0 || from > end) launch += 1;
    if (to > end) end = to;
    for (const id of runs) launches.set(id, launch);
  }
  return launches;
}
