import { sqliteCode } from './errors.ts';

/** Whether SQLite says that the part of the file where it read is damaged; other parts may be whole. */
export const isPageDamaged = (error: unknown): boolean => /^SQLITE_(CORRUPT|IOERR)/.test(sqliteCode(error) ?? '');

/**
 * What `read` finds of some ids. Where a damaged page is in its way each id is read for itself: one page must not hide what
 * lies on the others.
 * @param onUnreadable told the ids of which nothing can be read
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
