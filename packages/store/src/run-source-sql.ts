import { OWN_SOURCES } from '@whorl/core';
import { type Sql, sql } from './sql/compose.ts';
import { anyOf } from './sql/sqlite.ts';
import type { Table } from './sql/tables.ts';

/** Whether another program trained it, and not Whorl. */
export const isForeign = ({ source }: Pick<Table<'Run'>, 'source'>): Sql => sql`${source} NOT IN ${anyOf(OWN_SOURCES)}`;
