import type { ShareRecord, Store } from '@whorl/store';
import { openLinks } from './open-links.ts';
import { readerZone } from './reader-zone.ts';
import { getStore } from './store.ts';

/** Who asks: the owner of the record, or somebody with a link to a part of it. */
export type Viewer =
  | { readonly kind: 'owner' }
  | {
      readonly kind: 'share';
      readonly share: ShareRecord;
      /** Whether the link is still valid. It may be revoked while a page is open. */
      readonly isOpen: () => Promise<boolean>;
    };

/** The context of all procedures. */
export interface Context {
  readonly store: Store;
  readonly viewer: Viewer;
  /** The viewer's time zone, in which times are shown and dates in queries are read. */
  readonly timeZone: string;
}

/** The context of the record's owner. */
export async function ownerContext(): Promise<Context> {
  return { store: getStore(), viewer: { kind: 'owner' }, timeZone: await readerZone() };
}

/** The context of somebody with a link; null where the link is unknown, revoked or expired. */
export async function shareContext(token: string): Promise<Context | null> {
  const store = getStore();
  const links = openLinks(store);
  const share = await links.resolve(token);
  if (!share) return null;
  const isOpen = async () => (await links.resolve(token)) !== null;
  return { store, viewer: { kind: 'share', share, isOpen }, timeZone: await readerZone() };
}
