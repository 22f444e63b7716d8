import { RUN_STATUSES, type RunStatus } from '@whorl/core';
import { retryBusy } from './busy.ts';
import { StoreError } from './errors.ts';
import type { Prisma } from './generated/client.ts';
import { newId } from './ids.ts';
import { MemoizedReads } from './memoized-reads.ts';
import type { Page } from './page.ts';
import type { LazyPrisma } from './prisma-client.ts';
import { readableRows } from './readable-rows.ts';
import { RowReader } from './row-reader.ts';
import { isLive } from './run-status-sql.ts';
import { insertInto, OR_KEEP } from './sql/changes.ts';
import { COUNT, type Sql, select, sql } from './sql/compose.ts';
import { anyOf, mentions, sqlDate } from './sql/sqlite.ts';
import type { Row, Statements } from './sql/statements.ts';
import { selectAll, TABLES, tableAs } from './sql/tables.ts';
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
  readonly #prisma: LazyPrisma;
  readonly #statements: Statements;
  readonly #counts: MemoizedReads<readonly Count[]>;

  constructor(prisma: LazyPrisma, statements: Statements) {
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
    const { experiment } = await this.#prisma.client;
    await this.#named(name, () => experiment.create({ data }));
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
    const { experiment } = await this.#prisma.client;
    const { count } = await retryBusy(() => experiment.updateMany({ where: { id }, data }));
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
    const now = sqlDate(Date.now());
    const row = { id: newId(), name, study, createdAt: now, updatedAt: now };
    const insert = sql`${insertInto('Experiment', row)} ${OR_KEEP}`;
    const kept = select(Experiment.id, Experiment.study)`FROM ${Experiment} WHERE ${Experiment.name} = ${name}`;
    const [[id, studyOf] = [row.id, study]] = await retryBusy(async () =>
      this.#statements.write(() => {
        this.#statements.run(insert);
        return this.#statements.rows(kept);
      }),
    );
    if (studyOf === '') {
      throw new StoreError('conflict', {
        en: `experiment "${name}" is of other programs and has no study; give another --name`,
        zh: `实验“${name}”属于其他程序，没有课题；请用 --name 另取名称`,
      });
    }
    if (studyOf !== study) {
      throw new StoreError('conflict', {
        en: `experiment "${name}" is of the study "${studyOf}", not "${study}"; give another --name`,
        zh: `实验“${name}”属于课题“${studyOf}”，而不是“${study}”；请用 --name 另取名称`,
      });
    }
    return this.#records([id])[0] as ExperimentRecord;
  }

  /** By id or by name. */
  async find(idOrName: string): Promise<ExperimentRecord | null> {
    const isMeant = sql`${Experiment.id} = ${idOrName} OR ${Experiment.name} = ${idOrName}`;
    const [id] = this.#statements.column(select(Experiment.id)`FROM ${Experiment} WHERE ${isMeant} LIMIT 1`);
    return id === undefined ? null : (this.#records([id])[0] ?? null);
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
    const { id, updatedAt, archivedAt } = Experiment;
    const isListed = sql`${archivedAt} IS ${archived ? sql`NOT NULL` : sql`NULL`}`;
    const isMeant = text.trim() === '' ? ALL : mentioning(text.trim());
    const ids = this.#statements.column(
      select(id)`
        FROM ${Experiment} WHERE ${isListed} AND ${isMeant} AND ${cursor === undefined ? ALL : isFrom(cursor)}
        ORDER BY ${updatedAt} DESC, ${id} LIMIT ${limit + 1}`,
    );
    return { items: this.#records(ids.slice(0, limit)), nextCursor: ids[limit] ?? null };
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

/** Whether its name, study or notes hold the text. */
function mentioning(text: string): Sql {
  const { name, study, notes } = Experiment;
  return mentions(sql`${name} || ${LINE} || ${study} || ${LINE} || ${notes}`, text);
}

/** Whether it is this one or comes after it in the list; where there is no such one, none does. */
function isFrom(id: string): Sql {
  const first = tableAs('Experiment', 'first');
  const isSameTime = sql`${Experiment.updatedAt} = ${first.updatedAt} AND ${Experiment.id} >= ${first.id}`;
  return sql`EXISTS (${select(sql`1`)`
    FROM ${first} WHERE ${first.id} = ${id} AND (${Experiment.updatedAt} < ${first.updatedAt} OR ${isSameTime})`})`;
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
