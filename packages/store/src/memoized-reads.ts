import { LRUCache } from 'lru-cache';
import type { Statements } from './sql/statements.ts';

/** Memoised reads of the record. Any change of the record, by whichever process, drops all of them. */
export class MemoizedReads<T> {
  readonly #statements: Statements;
  readonly #cache: LRUCache<string, { readonly value: T }>;
  #revision = '';

  /** @param max the most reads that are kept */
  constructor(statements: Statements, max: number) {
    this.#statements = statements;
    this.#cache = new LRUCache({ max });
  }

  /** The result of `read`, called only where it is not kept. @param key text that identifies the read */
  get(key: string, read: () => T): T {
    const revision = this.#statements.revision();
    if (revision !== this.#revision) this.#cache.clear();
    this.#revision = revision;
    const known = this.#cache.get(key);
    if (known) return known.value;
    const value = read();
    this.#cache.set(key, { value });
    return value;
  }
}
