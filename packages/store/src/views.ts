import { naturalOrder } from '@whorl/core';
import { retryBusy } from './busy.ts';
import { StoreError } from './errors.ts';
import type { SavedView } from './generated/client.ts';
import { newId } from './ids.ts';
import type { LazyPrisma } from './prisma-client.ts';
import { RowReader } from './row-reader.ts';
import type { Row, Statements } from './sql/statements.ts';
import { selectAll, TABLES } from './sql/tables.ts';
import { checkText } from './text-limits.ts';

/** The state of an experiment's page under a name. */
export interface SavedViewRecord {
  readonly id: string;
  readonly experimentId: string;
  readonly name: string;
  /** The query string of the page's address. */
  readonly state: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const MOST_STATE = 100_000;

const { SavedView: VIEW } = TABLES;

export class ViewStore {
  readonly #prisma: LazyPrisma;
  readonly #statements: Statements;

  constructor(prisma: LazyPrisma, statements: Statements) {
    this.#prisma = prisma;
    this.#statements = statements;
  }

  /** An experiment's readable views, by name. */
  async list(experimentId: string): Promise<SavedViewRecord[]> {
    const rows = this.#statements.objects(selectAll('SavedView')`WHERE ${VIEW.experimentId} = ${experimentId}`);
    const views = rows.flatMap((row) => toRecord(row) ?? []);
    return views.sort((a, b) => naturalOrder(a.name, b.name));
  }

  /** Keeps a view; one of the same name is replaced. @throws StoreError `bad-input`, `not-found` */
  async save({
    experimentId,
    name,
    state,
  }: Pick<SavedViewRecord, 'experimentId' | 'name' | 'state'>): Promise<SavedViewRecord> {
    checkText('name', name, { least: 1 });
    checkText('state', state, { most: MOST_STATE });
    const { experiment, savedView } = await this.#prisma.client;
    if (!(await experiment.findUnique({ where: { id: experimentId }, select: { id: true } }))) {
      throw new StoreError('not-found', `no experiment "${experimentId}"`);
    }
    return retryBusy(() =>
      savedView.upsert({
        where: { experimentId_name: { experimentId, name } },
        create: { id: newId(), experimentId, name, state } satisfies Omit<SavedView, 'createdAt' | 'updatedAt'>,
        update: { state },
      }),
    );
  }

  /** @throws StoreError `not-found` */
  async remove(id: string): Promise<void> {
    const { savedView } = await this.#prisma.client;
    const { count } = await retryBusy(() => savedView.deleteMany({ where: { id } }));
    if (count === 0) throw new StoreError('not-found', `no saved view "${id}"`);
  }
}

function toRecord(row: Row): SavedViewRecord | null {
  const reader = new RowReader(row);
  const view = {
    id: reader.text('id'),
    experimentId: reader.text('experimentId'),
    name: reader.text('name'),
    state: reader.text('state'),
    createdAt: reader.date('createdAt'),
    updatedAt: reader.date('updatedAt'),
  };
  return reader.damage.length === 0 ? view : null;
}
