import { sqliteCode } from './errors.ts';

/** Whether SQLite reports damage in the part of the file that it read; other parts may be whole. */
export const isPageDamaged = (error: unknown): boolean => /^SQLITE_(CORRUPT|IOERR)/.test(sqliteCode(error) ?? '');

/**
 * What `read` finds for some ids. Where it meets a damaged page, each id is read by itself, so that one page does not
 * hide what is on the others.
 * @param onUnreadable is told the ids of which nothing can be read
 */
export function readableRows<T>(
  ids: readonly string[],
  read: (ids: readonly string[]) => readonly T[],
  onUnreadable: (id: string) => void = () => {},
): readonly T[] {
  try {
    return read(ids);
  } catch (error) {
    if (!isPageDamaged(error)) throw error;
    return ids.flatMap((id) => {
      try {
        return read([id]);
      } catch (one) {
        if (!isPageDamaged(one)) throw one;
        onUnreadable(id);
        return [];
      }
    });
  }
}
