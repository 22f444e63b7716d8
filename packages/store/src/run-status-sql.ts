import { LIVE_STATUSES, RUN_STATUSES } from '@whorl/core';
import { Sql, sql } from './sql/compose.ts';
import { anyOf } from './sql/sqlite.ts';
import type { Table } from './sql/tables.ts';

type WithStatus = Pick<Table<'Run'>, 'status'>;

/** Whether a run has not ended. */
export const isLive = ({ status }: WithStatus): Sql => sql`${status} IN ${anyOf(LIVE_STATUSES)}`;

const KNOWN = new Sql(RUN_STATUSES.map((status) => `'${status}'`).join(', '));

/** A run's recorded status; one that is not Whorl's reads as `crashed`. */
export const statusText = ({ status }: WithStatus): Sql<string> =>
  sql`CASE WHEN ${status} IN (${KNOWN}) THEN ${status} ELSE 'crashed' END`;
