import { RUN_STATUSES, type RunStatus } from '@whorl/core';
import { retryBusy } from './busy.ts';
import { StoreError } from './errors.ts';
import type { Experiment, PrismaClient } from './generated/client.ts';
import { newId } from './ids.ts';
import type { Page } from './page.ts';

/** A named group of runs, with how many there are of each status. */
export interface ExperimentRecord {
  readonly id: string;
  readonly name: string;
  readonly study: string;
  readonly notes: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archivedAt: Date | null;
  readonly runs: number;
  readonly byStatus: Readonly<Record<RunStatus, number>>;
}

export class ExperimentStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  /** The experiment of that name, made where it is missing. @throws StoreError `conflict` if it is of another study */
  async ensure(name: string, study: string): Promise<ExperimentRecord> {
    const row = await retryBusy(() =>
      this.#prisma.experiment.upsert({
        where: { name },
        create: { id: newId(), name, study },
        update: {},
      }),
    );
    if (row.study !== study) {
      throw new StoreError(
        'conflict',
        `experiment "${name}" is of the study "${row.study}", not "${study}"; give another --name`,
      );
    }
    return this.#withCounts([row]).then(([record]) => record as ExperimentRecord);
  }

  /** By id or by name. */
  async find(idOrName: string): Promise<ExperimentRecord | null> {
    const row = await this.#prisma.experiment.findFirst({ where: { OR: [{ id: idOrName }, { name: idOrName }] } });
    if (!row) return null;
    return this.#withCounts([row]).then(([record]) => record ?? null);
  }

  /** By id or by name. @throws StoreError `not-found` */
  async get(idOrName: string): Promise<ExperimentRecord> {
    const found = await this.find(idOrName);
    if (!found) throw new StoreError('not-found', `no experiment "${idOrName}"; whorl ls lists them`);
    return found;
  }

  /** The names of all experiments. */
  async names(): Promise<string[]> {
    return (await this.#prisma.experiment.findMany({ select: { name: true } })).map(({ name }) => name);
  }

  /** Experiments that are not archived, the one with the latest activity first. */
  async list({
    cursor,
    limit = 50,
  }: {
    cursor?: string | undefined;
    limit?: number;
  } = {}): Promise<Page<ExperimentRecord>> {
    const rows = await this.#prisma.experiment.findMany({
      where: { archivedAt: null },
      orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
      take: limit + 1,
      ...(cursor === undefined ? {} : { cursor: { id: cursor } }),
    });
    return { items: await this.#withCounts(rows.slice(0, limit)), nextCursor: rows[limit]?.id ?? null };
  }

  async #withCounts(rows: Experiment[]): Promise<ExperimentRecord[]> {
    const groups = await this.#prisma.run.groupBy({
      by: ['experimentId', 'status'],
      where: { experimentId: { in: rows.map(({ id }) => id) } },
      _count: { _all: true },
    });
    return rows.map((row) => {
      const count = (status: RunStatus) =>
        groups.find((group) => group.experimentId === row.id && group.status === status)?._count._all ?? 0;
      const byStatus = Object.fromEntries(RUN_STATUSES.map((status) => [status, count(status)])) as Record<
        RunStatus,
        number
      >;
      return { ...row, runs: Object.values(byStatus).reduce((a, b) => a + b, 0), byStatus };
    });
  }
}
