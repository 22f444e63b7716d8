import { createHash } from 'node:crypto';
import { retryBusy } from './busy.ts';
import { StoreError } from './errors.ts';
import type { LazyPrisma } from './prisma-client.ts';
import { RowReader } from './row-reader.ts';

/** The id of a set of these runs in this order. */
export const runSetIdOf = (runIds: readonly string[]): string =>
  createHash('sha256')
    .update([...new Set(runIds)].join(','))
    .digest('hex')
    .slice(0, 32);

/** Runs picked by hand, too many for an address: there, the id of their set stands for them. */
export class RunSetStore {
  readonly #prisma: LazyPrisma;

  constructor(prisma: LazyPrisma) {
    this.#prisma = prisma;
  }

  /** The id of a set of these runs in this order, each once, whether the set is kept or not. */
  idOf(runIds: readonly string[]): string {
    return runSetIdOf(runIds);
  }

  /** Keeps these runs in this order, and returns their id, equal for equal runs. @throws StoreError `bad-input` */
  async put(runIds: readonly string[]): Promise<string> {
    const ids = [...new Set(runIds)];
    if (ids.length === 0) throw new StoreError('bad-input', 'runIds: expected one run or more, got none');
    const id = this.idOf(ids);
    const data = { id, runIds: JSON.stringify(ids) };
    const { runSet } = await this.#prisma.client;
    await retryBusy(() => runSet.upsert({ where: { id }, create: data, update: {} }));
    return id;
  }

  /** The ids of the runs; null where no set has this id. @throws StoreError `damaged` */
  async find(id: string): Promise<string[] | null> {
    const { runSet } = await this.#prisma.client;
    const row = await runSet.findUnique({ where: { id }, select: { runIds: true } });
    if (!row) return null;
    const reader = new RowReader(row);
    const runIds = reader.texts('runIds');
    if (reader.damage.length > 0) throw new StoreError('damaged', `the set of runs ${id} is damaged in the record`);
    return runIds;
  }
}
