import { setTimeout as sleep } from 'node:timers/promises';
import { sqliteCode } from './errors.ts';

const TRIES = 8;

/** Retries `work` where another process held the database for longer than the driver waits. */
export async function retryBusy<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const code = sqliteCode(error) ?? '';
      const busy = code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED') || isPrismaTimeout(error);
      if (!busy || attempt === TRIES) throw error;
      await sleep(20 * 2 ** attempt);
    }
  }
}

/** Prisma's P1008: the database did not answer in time, which is how it reports a busy SQLite. */
const isPrismaTimeout = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'P1008';
