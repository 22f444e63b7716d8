import { headers } from 'next/headers';
import { askedIds } from '#src/contract/asked-ids.ts';
import { ADDRESS_HEADER } from '#src/i18n/locales.ts';
import { ownerContext } from '#src/server/access/context.ts';

/** What the page's address leads to, and when it was deleted for good; null where some of it is there, or never was. */
export async function whatWasDeleted(): Promise<{ what: 'experiment' | 'run' | 'runs'; at: Date } | null> {
  const ids = askedIds((await headers()).get(ADDRESS_HEADER) ?? '/');
  const { store } = await ownerContext();
  const deleted = ids.map((id) => store.deletions.find(id));
  const last = deleted.at(-1);
  if (!last || deleted.includes(null)) return null;
  return { what: ids.length > 1 ? 'runs' : last.kind, at: last.deletedAt };
}
