import { LRUCache } from 'lru-cache';
import type { Statements } from './sql/statements.ts';

/** Reads of the record, memoised. None outlives a change of it, by whomever. */
export class MemoizedReads<T> {
  readonly #statements: Statements;
  readonly #cache: LRUCache<string, { readonly value: T }>;
  #revision = '';

  /** @param max how many */
  constructor(statements: Statements, max: number) {
    this.#statements = statements;
    this.#cache = new LRUCache({ max });
  }

  /** What `read` gives, read only where it is not here. @param key text that is another one for any other read */
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
