import type { ShareRecord, Store } from '@whorl/store';
import { openLinks } from './open-links.ts';
import { readerZone } from './reader-zone.ts';
import { getStore } from './store.ts';

/** Who asks: the person whose record it is, or someone with a link to a part of it. */
export type Viewer =
  | { readonly kind: 'owner' }
  | {
      readonly kind: 'share';
      readonly share: ShareRecord;
      /** Whether the link still opens: it may be revoked while a page is live. */
      readonly isOpen: () => Promise<boolean>;
    };

/** What every procedure is given. */
export interface Context {
  readonly store: Store;
  readonly viewer: Viewer;
  /** The time zone in which the viewer is shown times, and in which dates of a query are read. */
  readonly timeZone: string;
}

/** The context of the person whose record it is. */
export async function ownerContext(): Promise<Context> {
  return { store: getStore(), viewer: { kind: 'owner' }, timeZone: await readerZone() };
}

/** The context of someone with a link; null where the link is unknown, revoked or expired. */
export async function shareContext(token: string): Promise<Context | null> {
  const store = getStore();
  const links = openLinks(store);
  const share = await links.resolve(token);
  if (!share) return null;
  const isOpen = async () => (await links.resolve(token)) !== null;
  return { store, viewer: { kind: 'share', share, isOpen }, timeZone: await readerZone() };
}
