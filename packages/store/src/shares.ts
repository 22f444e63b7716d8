import { createHash, randomBytes } from 'node:crypto';
import { retryBusy } from './busy.ts';
import { StoreError } from './errors.ts';
import type { PrismaClient, Share } from './generated/client.ts';
import { newId } from './ids.ts';
import type { RunSetStore } from './run-sets.ts';

/** What a share shows. */
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

export const DEFAULT_SHARE_DAYS = 30;
const MOST_SHARE_DAYS = 3650;

const hash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Read-only links. The secret is in the link alone: who reads the database cannot open what it shares. */
export class ShareStore {
  readonly #prisma: PrismaClient;
  readonly #runSets: RunSetStore;

  constructor(prisma: PrismaClient, runSets: RunSetStore) {
    this.#prisma = prisma;
    this.#runSets = runSets;
  }

  /**
   * Makes a link's secret. It is returned this once.
   * @param target runs that are there: one, or for a comparison one or more, of which the set is kept as well
   * @param days until it expires, more than 0
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
    // The address of what a guest asks must not grow with the number of runs: the set's id stands for them.
    if (target.kind === 'comparison') await this.#runSets.put(target.runIds);
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const row = await retryBusy(() =>
      this.#prisma.share.create({
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
    return { token, share: toRecord(row) };
  }

  /** What the link with this secret shows; null for one that is unknown, revoked or expired. */
  async resolve(token: string): Promise<ShareRecord | null> {
    if (!TOKEN.test(token)) return null;
    const row = await this.#prisma.share.findUnique({ where: { tokenHash: hash(token) } });
    if (!row || row.revokedAt || row.expiresAt.getTime() <= Date.now()) return null;
    return toRecord(row);
  }

  /** Links that still open, to just this or to anything, newest first. */
  async list(target?: ShareTarget): Promise<ShareRecord[]> {
    const rows = await this.#prisma.share.findMany({
      where: {
        revokedAt: null,
        expiresAt: { gt: new Date() },
        ...(target ? { kind: target.kind, ...columnsOf(target) } : {}),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    });
    return rows.map(toRecord);
  }

  /** Closes a link for good. @throws StoreError `not-found` */
  async revoke(id: string): Promise<void> {
    const { count } = await retryBusy(() =>
      this.#prisma.share.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } }),
    );
    if (count === 0) {
      throw new StoreError('not-found', {
        en: `no open share "${id}"; whorl share --list shows them`,
        zh: `没有有效的链接“${id}”；whorl share --list 列出全部`,
      });
    }
  }
}

/** What says in a row what is shown. */
const columnsOf = (target: ShareTarget) => ({
  experimentId: target.kind === 'experiment' ? target.experimentId : null,
  runIds: JSON.stringify(target.kind === 'experiment' ? [] : [...new Set(target.runIds)]),
});

function toRecord({ id, kind, experimentId, runIds, createdAt, expiresAt, revokedAt }: Share): ShareRecord {
  const target: ShareTarget =
    kind === 'experiment'
      ? { kind, experimentId: experimentId as string }
      : { kind: kind as 'run' | 'comparison', runIds: JSON.parse(runIds) as string[] };
  return { ...target, id, createdAt, expiresAt, revokedAt };
}
