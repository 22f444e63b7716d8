import type { ShareRecord, Store } from '@whorl/store';

const MOST_LINKS = 1_000;

/** Caches what links open, until the record changes: every stream asks after each change. */
class OpenLinks {
  readonly #store: Store;
  readonly #found = new Map<string, Promise<ShareRecord | null>>();
  #revision = '';

  constructor(store: Store) {
    this.#store = store;
  }

  /** What the secret of a link opens; null where it is unknown, revoked or expired. */
  async resolve(token: string): Promise<ShareRecord | null> {
    const revision = this.#store.revision();
    if (revision !== this.#revision || this.#found.size > MOST_LINKS) this.#found.clear();
    this.#revision = revision;
    const found = this.#found.get(token) ?? this.#store.shares.resolve(token);
    this.#found.set(token, found);
    const share = await found;
    return share && share.expiresAt.getTime() > Date.now() ? share : null;
  }
}

const linksOf = new WeakMap<Store, OpenLinks>();

/** The cached links of a record. */
export function openLinks(store: Store): OpenLinks {
  const links = linksOf.get(store) ?? new OpenLinks(store);
  linksOf.set(store, links);
  return links;
}
