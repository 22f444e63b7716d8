import { type Config, configHash, LIVE_STATUSES } from '@whorl/core';
import { StoreError } from './errors.ts';
import type { Page } from './page.ts';
import type { LazyPrisma } from './prisma-client.ts';
import type { RunRecord, RunRecords } from './run-record.ts';
import { type Sql, select, sql } from './sql/compose.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES, tableAs } from './sql/tables.ts';

const { Run } = TABLES;
const ALL = sql`true`;

/** What a link to a run needs. */
export type RunName = Pick<RunRecord, 'id' | 'name'>;

/** The runs of an experiment ordered by time. */
export class RunLists {
  readonly #prisma: LazyPrisma;
  readonly #statements: Statements;
  readonly #records: RunRecords;

  constructor(prisma: LazyPrisma, statements: Statements, records: RunRecords) {
    this.#prisma = prisma;
    this.#statements = statements;
    this.#records = records;
  }

  /** An experiment's runs, newest first. */
  async page(
    experimentId: string,
    { cursor, limit = 100 }: { cursor?: string | undefined; limit?: number } = {},
  ): Promise<Page<RunRecord>> {
    const records = this.#find(
      sql`${Run.experimentId} = ${experimentId} AND ${Run.archivedAt} IS NULL AND ${cursor === undefined ? ALL : isFrom(cursor)}`,
      limit + 1,
    );
    return { items: records.slice(0, limit), nextCursor: records[limit]?.id ?? null };
  }

  /** All of an experiment's runs, newest first. */
  async all(experimentId: string): Promise<RunRecord[]> {
    const found: RunRecord[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.page(experimentId, { cursor, limit: 500 });
      found.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found;
  }

  /** The ids of an experiment's runs that started, ended or trained at or after `since`, newest first. */
  async activeSince(experimentId: string, since: Date): Promise<string[]> {
    const { run } = await this.#prisma.client;
    const rows = await run.findMany({
      where: {
        experimentId,
        archivedAt: null,
        OR: [{ status: { in: [...LIVE_STATUSES] } }, { endedAt: { gte: since } }, { createdAt: { gte: since } }],
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  }

  /** The runs of the same experiment created just before and just after a run. @throws StoreError `not-found` */
  async neighbours(id: string): Promise<{ older: RunName | null; newer: RunName | null }> {
    const select = { id: true, name: true } as const;
    const { run: runs } = await this.#prisma.client;
    const run = await runs.findUnique({ where: { id }, select: { experimentId: true, createdAt: true } });
    if (!run) throw new StoreError('not-found', `no run "${id}"; whorl ls <experiment> lists them`);
    const { experimentId, createdAt } = run;
    const [older, newer] = await Promise.all(
      (['desc', 'asc'] as const).map((order) => {
        const beyond = order === 'desc' ? 'lt' : 'gt';
        return runs.findFirst({
          where: {
            experimentId,
            archivedAt: null,
            OR: [{ createdAt: { [beyond]: createdAt } }, { createdAt, id: { [beyond]: id } }],
          },
          orderBy: [{ createdAt: order }, { id: order }],
          select,
        });
      }),
    );
    return { older: older ?? null, newer: newer ?? null };
  }

  /** A finished run of exactly this config in the experiment, wherever its data file was. */
  async findRecorded(experimentId: string, config: Config): Promise<RunRecord | null> {
    const isWanted = sql`${Run.experimentId} = ${experimentId} AND ${Run.configHash} = ${await configHash(config)}`;
    const [found] = this.#find(sql`${isWanted} AND ${Run.status} = 'finished' AND ${Run.archivedAt} IS NULL`, 1);
    return found ?? null;
  }

  /** The newest of the runs of which something is true. */
  #find(is: Sql, most: number): RunRecord[] {
    const { createdAt, id } = Run;
    return this.#records.of(
      this.#statements.column(select(id)`FROM ${Run} WHERE ${is} ORDER BY ${createdAt} DESC, ${id} DESC LIMIT ${most}`),
    );
  }
}

/** Whether a run is this one or an older one; where there is no such run, none is. */
function isFrom(id: string): Sql {
  const first = tableAs('Run', 'first');
  return sql`(${Run.createdAt}, ${Run.id}) <= (${select(first.createdAt, first.id)`FROM ${first} WHERE ${first.id} = ${id}`})`;
}
