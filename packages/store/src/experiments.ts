import { RUN_STATUSES, type RunStatus } from '@whorl/core';
import { retryBusy } from './busy.ts';
import { StoreError } from './errors.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { newId } from './ids.ts';
import { MemoizedReads } from './memoized-reads.ts';
import type { Page } from './page.ts';
import { readableRows } from './readable-rows.ts';
import { RowReader } from './row-reader.ts';
import { isLive } from './run-status-sql.ts';
import { COUNT, select, sql } from './sql/compose.ts';
import { anyOf, mentions } from './sql/sqlite.ts';
import type { Row, Statements } from './sql/statements.ts';
import { selectAll, TABLES } from './sql/tables.ts';
import { checkText } from './text-limits.ts';

/** Which experiments to list. */
export interface ExperimentQuery {
  /** Text that the name, the study or the notes contain, whatever the case. */
  readonly text?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** A named group of runs, with the number of runs of each status, archived runs left out. */
export interface ExperimentRecord {
  readonly id: string;
  readonly name: string;
  /** Null for an experiment of other programs' runs. */
  readonly study: string | null;
  readonly notes: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archivedAt: Date | null;
  readonly runs: number;
  /** How many runs are archived; they are not among the others. */
  readonly archivedRuns: number;
  readonly byStatus: Readonly<Record<RunStatus, number>>;
  /** The columns of its row that cannot be read. */
  readonly damage: readonly string[];
}

const MOST_NOTES = 200_000;
const MOST_COUNTS = 16;
const { Experiment, Run } = TABLES;
const ALL = sql`true`;
const LINE = '\n';

/** How many runs of an experiment have a status, among archived or among other runs. */
type Count = readonly [experimentId: string, status: string, isArchived: 0 | 1, runs: number];

export class ExperimentStore {
  readonly #prisma: PrismaClient;
  readonly #statements: Statements;
  readonly #counts: MemoizedReads<readonly Count[]>;

  constructor(prisma: PrismaClient, statements: Statements) {
    this.#prisma = prisma;
    this.#statements = statements;
    this.#counts = new MemoizedReads(statements, MOST_COUNTS);
  }

  /**
   * Makes an experiment without runs; without a study for runs of other programs.
   * @throws StoreError `bad-input`; `conflict` where the name or the id is taken
   */
  async create(name: string, study: string | null, id = newId()): Promise<ExperimentRecord> {
    checkText('name', name, { least: 1 });
    if (study !== null) checkText('study', study, { least: 1 });
    const data = { id, name, study: study ?? '', updatedAt: new Date() };
    await this.#named(name, () => this.#prisma.experiment.create({ data }));
    return this.get(id);
  }

  /** @throws StoreError `bad-input`, `not-found`, `conflict` where the name is taken */
  async rename(id: string, name: string): Promise<void> {
    checkText('name', name, { least: 1 });
    await this.#named(name, () => this.#update(id, { name }));
  }

  /** Notes are Markdown. @throws StoreError `bad-input`, `not-found` */
  async setNotes(id: string, notes: string): Promise<void> {
    checkText('notes', notes, { most: MOST_NOTES });
    await this.#update(id, { notes });
  }

  /** Takes an experiment out of the list without losing anything. @throws StoreError `not-found` */
  async archive(id: string): Promise<void> {
    await this.#update(id, { archivedAt: new Date() });
  }

  /** @throws StoreError `not-found` */
  async restore(id: string): Promise<void> {
    await this.#update(id, { archivedAt: null });
  }

  /** Changes what people may change; the time of the last activity, which runs set, stays. */
  async #update(id: string, data: Prisma.ExperimentUpdateManyMutationInput): Promise<void> {
    const { count } = await retryBusy(() => this.#prisma.experiment.updateMany({ where: { id }, data }));
    if (count === 0) throw new StoreError('not-found', `no experiment "${id}"; whorl ls lists them`);
  }

  /** @throws StoreError `conflict` where another experiment has the name */
  async #named(name: string, write: () => Promise<unknown>): Promise<void> {
    try {
      await retryBusy(write);
    } catch (error) {
      // P2002: Prisma's code for a violated unique constraint.
      if ((error as { code?: unknown } | null)?.code !== 'P2002') throw error;
      throw new StoreError('conflict', `there is an experiment "${name}" already; give another name`);
    }
  }

  /** The experiment of this name, made if missing. @throws StoreError `conflict` if it belongs to another study */
  async ensure(name: string, study: string): Promise<ExperimentRecord> {
    const row = await retryBusy(() =>
      this.#prisma.experiment.upsert({
        where: { name },
        create: { id: newId(), name, study, updatedAt: new Date() },
        update: {},
        select: { id: true, study: true },
      }),
    );
    if (row.study === '') {
      throw new StoreError('conflict', {
        en: `experiment "${name}" is of other programs and has no study; give another --name`,
        zh: `实验“${name}”属于其他程序，没有课题；请用 --name 另取名称`,
      });
    }
    if (row.study !== study) {
      throw new StoreError('conflict', {
        en: `experiment "${name}" is of the study "${row.study}", not "${study}"; give another --name`,
        zh: `实验“${name}”属于课题“${row.study}”，而不是“${study}”；请用 --name 另取名称`,
      });
    }
    return this.#records([row.id])[0] as ExperimentRecord;
  }

  /** By id or by name. */
  async find(idOrName: string): Promise<ExperimentRecord | null> {
    const row = await this.#prisma.experiment.findFirst({
      where: { OR: [{ id: idOrName }, { name: idOrName }] },
      select: { id: true },
    });
    return row && (this.#records([row.id])[0] ?? null);
  }

  /** By name only. */
  async findNamed(name: string): Promise<ExperimentRecord | null> {
    const [id] = this.#statements.column(select(Experiment.id)`FROM ${Experiment} WHERE ${Experiment.name} = ${name}`);
    return id === undefined ? null : (this.#records([id])[0] ?? null);
  }

  /** All experiments, archived ones included, ordered by id. */
  async everything(): Promise<ExperimentRecord[]> {
    return this.#records(this.#statements.column(select(Experiment.id)`FROM ${Experiment} ORDER BY ${Experiment.id}`));
  }

  /** By id or by name. @throws StoreError `not-found` */
  async get(idOrName: string): Promise<ExperimentRecord> {
    const found = await this.find(idOrName);
    if (!found) throw new StoreError('not-found', `no experiment "${idOrName}"; whorl ls lists them`);
    return found;
  }

  /** Whether there is an experiment with this id. */
  has(id: string): boolean {
    return this.#statements.rows(select(sql`1`)`FROM ${Experiment} WHERE ${Experiment.id} = ${id}`).length > 0;
  }

  /** The names of all experiments. */
  async names(): Promise<string[]> {
    return this.#statements
      .column<unknown>(select(Experiment.name)`FROM ${Experiment}`)
      .filter((name) => typeof name === 'string');
  }

  /**
   * Two texts that change when experiments do: `rows` with their own columns, `runs` with how many runs each has, has
   * archived and has running. The runs are counted from indexes alone.
   * @param id one experiment, with its notes; null for all
   */
  signs(id: string | null): { readonly rows: string; readonly runs: string } {
    const { name, study, updatedAt, archivedAt, notes } = Experiment;
    const mine = id === null ? sql`length(${notes})` : notes;
    const isMine = id === null ? ALL : sql`${Experiment.id} = ${id}`;
    const isOfMine = id === null ? ALL : sql`${Run.experimentId} = ${id}`;
    const rows = this.#statements.rows(
      select(Experiment.id, name, study, updatedAt, archivedAt, mine)`
        FROM ${Experiment} WHERE ${isMine} ORDER BY ${Experiment.id}`,
    );
    const counts = this.#statements.rows(
      select(Run.experimentId, COUNT, sql`count(${Run.archivedAt})`)`
        FROM ${Run} WHERE ${isOfMine} GROUP BY ${Run.experimentId} ORDER BY ${Run.experimentId}`,
    );
    const live = this.#statements.rows(
      select(Run.experimentId, Run.status, COUNT)`
        FROM ${Run} WHERE ${isLive(Run)} AND ${isOfMine} GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    return { rows: JSON.stringify(rows), runs: JSON.stringify([counts, live]) };
  }

  /** Experiments by latest activity; `archived` chooses between archived ones and, by default, the others. */
  async list({
    text = '',
    archived = false,
    cursor,
    limit = 50,
  }: ExperimentQuery = {}): Promise<Page<ExperimentRecord>> {
    const rows = await this.#prisma.experiment.findMany({
      where: {
        archivedAt: archived ? { not: null } : null,
        ...(text.trim() === '' ? {} : { id: { in: this.#mentioning(text.trim()) } }),
      },
      orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
      select: { id: true },
      take: limit + 1,
      ...(cursor === undefined ? {} : { cursor: { id: cursor } }),
    });
    return { items: this.#records(rows.slice(0, limit).map(({ id }) => id)), nextCursor: rows[limit]?.id ?? null };
  }

  /** All experiments that are not archived, by latest activity. */
  async all(): Promise<ExperimentRecord[]> {
    const found: ExperimentRecord[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.list({ cursor, limit: 500 });
      found.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found;
  }

  /**
   * Experiments whose name, study or notes contain the text. Prisma's `contains` would take `%` and `_` for wildcards.
   */
  #mentioning(text: string): string[] {
    const { id, name, study, notes } = Experiment;
    const all = sql`${name} || ${LINE} || ${study} || ${LINE} || ${notes}`;
    return this.#statements.column(select(id)`FROM ${Experiment} WHERE ${mentions(all, text)}`);
  }

  /** The experiments with these ids, in order; one that is partly unreadable is included. */
  #records(ids: readonly string[]): ExperimentRecord[] {
    const uncounted: string[] = [];
    const counts = this.#counts.get(JSON.stringify(ids), () =>
      readableRows(
        ids,
        (some) =>
          this.#statements.rows(
            select(Run.experimentId, Run.status, sql<0 | 1>`${Run.archivedAt} IS NOT NULL`, COUNT)`
              FROM ${Run} WHERE ${Run.experimentId} IN ${anyOf(some)} GROUP BY 1, 2, 3`,
          ),
        (id) => uncounted.push(id),
      ),
    );
    const rows = readableRows(ids, (some) =>
      this.#statements.objects(selectAll('Experiment')`WHERE ${Experiment.id} IN ${anyOf(some)}`),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => {
      const record = toRecord(byId.get(id) ?? { id, name: id }, counts);
      return uncounted.includes(id) ? { ...record, damage: [...record.damage, 'runs'] } : record;
    });
  }
}

function toRecord(row: Row, counts: readonly Count[]): ExperimentRecord {
  const reader = new RowReader(row);
  const id = reader.text('id');
  const byStatus = Object.fromEntries(RUN_STATUSES.map((status) => [status, 0])) as Record<RunStatus, number>;
  let [runs, archivedRuns] = [0, 0];
  for (const [experimentId, status, isArchived, count] of counts) {
    if (experimentId !== id) continue;
    if (isArchived) archivedRuns += count;
    else {
      byStatus[RUN_STATUSES.find((known) => known === status) ?? 'crashed'] += count;
      runs += count;
    }
  }
  return {
    id,
    name: reader.text('name'),
    study: reader.text('study') || null,
    notes: reader.text('notes'),
    createdAt: reader.date('createdAt'),
    updatedAt: reader.date('updatedAt'),
    archivedAt: reader.dateOrNull('archivedAt'),
    archivedRuns,
    runs,
    byStatus,
    damage: reader.damage,
  };
}
