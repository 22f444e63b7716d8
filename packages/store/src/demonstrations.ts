import type { Demonstration, Text } from '@whorl/core';
import { retryBusy } from './busy.ts';
import { StoreError } from './errors.ts';
import type { LazyPrisma } from './prisma-client.ts';
import { RowReader } from './row-reader.ts';
import type { Row, Statements } from './sql/statements.ts';
import { selectAll, TABLES } from './sql/tables.ts';

/** The demonstrations of an experiment's study, all made at one time and by one engine. */
export interface ShownRecord {
  readonly demonstrations: readonly Demonstration[];
  readonly engine: string;
  readonly at: Date;
}

const { Demonstration: SHOWN } = TABLES;

export class DemonstrationStore {
  readonly #prisma: LazyPrisma;
  readonly #statements: Statements;

  constructor(prisma: LazyPrisma, statements: Statements) {
    this.#prisma = prisma;
    this.#statements = statements;
  }

  /** Keeps the demonstrations made now, in place of earlier ones. @throws StoreError `not-found` */
  async keep(experimentId: string, engine: string, shown: readonly Demonstration[]): Promise<void> {
    const now = new Date();
    const where = { id: experimentId };
    const data = shown.map(({ title, code, output, holds }, position) => ({
      ...{ experimentId, position, code, holds, engine, shownAt: now },
      title: JSON.stringify(title),
      output: JSON.stringify(output),
    }));
    const prisma = await this.#prisma.client;
    if (!(await prisma.experiment.findUnique({ where, select: { id: true } }))) {
      throw new StoreError('not-found', `no experiment "${experimentId}"`);
    }
    await retryBusy(() =>
      prisma.$transaction([
        prisma.demonstration.deleteMany({ where: { experimentId } }),
        prisma.demonstration.createMany({ data }),
        prisma.experiment.update({ where, data: { updatedAt: now, archivedAt: null } }),
      ]),
    );
  }

  /**
   * The last demonstrations; null where there are none or not all can be read, since a part would be judged as the
   * whole.
   */
  find(experimentId: string): ShownRecord | null {
    const rows = this.#statements.objects(
      selectAll('Demonstration')`WHERE ${SHOWN.experimentId} = ${experimentId} ORDER BY ${SHOWN.position}`,
    );
    const read = rows.flatMap((row) => {
      const reader = new RowReader(row);
      const demonstration = readDemonstration(reader);
      return reader.damage.length === 0 ? [demonstration] : [];
    });
    const [first] = read;
    if (!first || read.length < rows.length) return null;
    return { demonstrations: read.map(({ shown }) => shown), engine: first.engine, at: first.at };
  }
}

/** The readable part of a demonstration's row. */
export function readDemonstration(reader: RowReader) {
  return {
    shown: {
      title: readText(reader, 'title'),
      code: reader.text('code'),
      output: readText(reader, 'output'),
      holds: reader.whole('holds') === 1,
    } satisfies Demonstration,
    engine: reader.text('engine'),
    at: reader.date('shownAt'),
  };
}

function readText(reader: RowReader, column: string): Text {
  const text: Row = reader.object(column) ?? { en: '', zh: '' };
  const own = new RowReader(text);
  const read = { en: own.text('en'), zh: own.text('zh') };
  if (own.damage.length > 0) reader.damage.push(column);
  return read;
}
