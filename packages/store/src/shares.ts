import { createHash, randomBytes } from 'node:crypto';
import { retryBusy } from './busy.ts';
import { StoreError } from './errors.ts';
import { newId } from './ids.ts';
import type { LazyPrisma } from './prisma-client.ts';
import { RowReader } from './row-reader.ts';
import type { RunSetStore } from './run-sets.ts';
import { type Sql, sql } from './sql/compose.ts';
import { isSame, sqlDate } from './sql/sqlite.ts';
import type { Row, Statements } from './sql/statements.ts';
import { selectAll, TABLES } from './sql/tables.ts';

/** What a share link shows. */
export type ShareTarget =
  | { readonly kind: 'experiment'; readonly experimentId: string }
  | { readonly kind: 'run' | 'comparison'; readonly runIds: readonly string[] };

export type ShareRecord = ShareTarget & {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
};

const TOKEN_BYTES = 24; // 192 random bits
const TOKEN = /^[A-Za-z0-9_-]{32}$/;
const DAY_MS = 24 * 3600 * 1000;

const { Share } = TABLES;

export const DEFAULT_SHARE_DAYS = 30;
const MOST_SHARE_DAYS = 3650;

const hash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Read-only links. The secret is only in the link: the database does not open what it shares. */
export class ShareStore {
  readonly #prisma: LazyPrisma;
  readonly #statements: Statements;
  readonly #runSets: RunSetStore;

  constructor(prisma: LazyPrisma, statements: Statements, runSets: RunSetStore) {
    this.#prisma = prisma;
    this.#statements = statements;
    this.#runSets = runSets;
  }

  /**
   * Makes a link and returns its secret, this once.
   * @param target existing runs: one, or for a comparison one or more, which are also kept as a set
   * @param days until it expires, above 0
   * @throws StoreError `bad-input`
   */
  async create(target: ShareTarget, days = DEFAULT_SHARE_DAYS): Promise<{ token: string; share: ShareRecord }> {
    if (!(days > 0 && days <= MOST_SHARE_DAYS)) {
      throw new StoreError('bad-input', {
        en: `days: expected more than 0 and at most ${MOST_SHARE_DAYS}, got ${days}`,
        zh: `天数：应大于 0 且不超过 ${MOST_SHARE_DAYS}，得到的是 ${days}`,
      });
    }
    const { experimentId, runIds } = columnsOf(target);
    if (target.kind === 'run' && target.runIds.length !== 1) {
      throw new StoreError('bad-input', `runIds: a link to a run is to one, got ${target.runIds.length}`);
    }
    // The address that a guest's page asks for must not grow with the number of runs: the set's id stands for them.
    if (target.kind === 'comparison') await this.#runSets.put(target.runIds);
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const { share } = await this.#prisma.client;
    const { id, createdAt, expiresAt } = await retryBusy(() =>
      share.create({
        data: {
          id: newId(),
          tokenHash: hash(token),
          kind: target.kind,
          experimentId,
          runIds,
          expiresAt: new Date(Date.now() + days * DAY_MS),
        },
      }),
    );
    const shown: ShareTarget =
      target.kind === 'experiment' ? target : { ...target, runIds: JSON.parse(runIds) as string[] };
    return { token, share: { ...shown, id, createdAt, expiresAt, revokedAt: null } };
  }

  /** The share of the link with this secret; null for one that is unknown, revoked, expired or unreadable. */
  async resolve(token: string): Promise<ShareRecord | null> {
    if (!TOKEN.test(token)) return null;
    const [row] = this.#statements.objects(
      selectAll('Share')`WHERE ${Share.tokenHash} = ${hash(token)} AND ${Share.revokedAt} IS NULL`,
    );
    const share = row && toRecord(row);
    return share && share.expiresAt.getTime() > Date.now() ? share : null;
  }

  /** Open links, to this target or to any, newest first. */
  async list(target?: ShareTarget): Promise<ShareRecord[]> {
    const rows = this.#statements.objects(
      selectAll('Share')`
        WHERE ${Share.revokedAt} IS NULL AND ${Share.expiresAt} > ${sqlDate(Date.now())} ${target ? showsJust(target) : sql``}
        ORDER BY ${Share.createdAt} DESC, ${Share.id}`,
    );
    return rows.flatMap((row) => toRecord(row) ?? []);
  }

  /** Closes a link for good. @throws StoreError `not-found` */
  async revoke(id: string): Promise<void> {
    const { share } = await this.#prisma.client;
    const { count } = await retryBusy(() =>
      share.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } }),
    );
    if (count === 0) {
      throw new StoreError('not-found', {
        en: `no open share "${id}"; whorl share --list shows them`,
        zh: `没有有效的链接“${id}”；whorl share --list 列出全部`,
      });
    }
  }
}

/** The columns that say what is shared. */
const columnsOf = (target: ShareTarget) => ({
  experimentId: target.kind === 'experiment' ? target.experimentId : null,
  runIds: JSON.stringify(target.kind === 'experiment' ? [] : [...new Set(target.runIds)]),
});

function showsJust(target: ShareTarget): Sql {
  const { experimentId, runIds } = columnsOf(target);
  return sql`AND ${Share.kind} = ${target.kind} AND ${isSame(Share.experimentId, experimentId)} AND ${Share.runIds} = ${runIds}`;
}

/** Null where the row is damaged: it cannot be known what such a link may show, so it opens nothing. */
function toRecord(row: Row): ShareRecord | null {
  const reader = new RowReader(row);
  const kind = reader.oneOf('kind', ['experiment', 'run', 'comparison'], 'run');
  const target: ShareTarget =
    kind === 'experiment'
      ? { kind, experimentId: reader.text('experimentId') }
      : { kind, runIds: reader.texts('runIds') };
  const share = {
    ...target,
    id: reader.text('id'),
    createdAt: reader.date('createdAt'),
    expiresAt: reader.date('expiresAt'),
    revokedAt: reader.dateOrNull('revokedAt'),
  };
  return reader.damage.length === 0 ? share : null;
}
