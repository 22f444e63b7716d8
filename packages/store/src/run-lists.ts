import { type Config, configHash, LIVE_STATUSES } from '@whorl/core';
import { StoreError } from './errors.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import type { Page } from './page.ts';
import type { RunRecord, RunRecords } from './run-record.ts';

/** What a link to a run needs. */
export type RunName = Pick<RunRecord, 'id' | 'name'>;

/** The runs of an experiment ordered by time. */
export class RunLists {
  readonly #prisma: PrismaClient;
  readonly #records: RunRecords;

  constructor(prisma: PrismaClient, records: RunRecords) {
    this.#prisma = prisma;
    this.#records = records;
  }

  /** An experiment's runs, newest first. */
  async page(
    experimentId: string,
    { cursor, limit = 100 }: { cursor?: string | undefined; limit?: number } = {},
  ): Promise<Page<RunRecord>> {
    const records = await this.#find({
      where: { experimentId, archivedAt: null },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      ...(cursor === undefined ? {} : { cursor: { id: cursor } }),
    });
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
    const rows = await this.#prisma.run.findMany({
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
    const run = await this.#prisma.run.findUnique({ where: { id }, select: { experimentId: true, createdAt: true } });
    if (!run) throw new StoreError('not-found', `no run "${id}"; whorl ls <experiment> lists them`);
    const { experimentId, createdAt } = run;
    const [older, newer] = await Promise.all(
      (['desc', 'asc'] as const).map((order) => {
        const beyond = order === 'desc' ? 'lt' : 'gt';
        return this.#prisma.run.findFirst({
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
    const [found] = await this.#find({
      where: { experimentId, configHash: await configHash(config), status: 'finished', archivedAt: null },
      orderBy: { createdAt: 'desc' },
      take: 1,
    });
    return found ?? null;
  }

  /** The runs that a Prisma query finds. It selects only ids, as Prisma fails on rows that it cannot read. */
  async #find(query: Omit<Prisma.RunFindManyArgs, 'select' | 'include' | 'omit'>): Promise<RunRecord[]> {
    const rows = await this.#prisma.run.findMany({ ...query, select: { id: true } });
    return this.#records.of(rows.map(({ id }) => id));
  }
}
