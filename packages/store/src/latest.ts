/** The values that were asked for lately, so many and no more; the one that nobody asked for longest goes first. */
export class Latest<T> {
  readonly #most: number;
  // In order of use.
  readonly #values = new Map<string, T>();

  /** @param most how many */
  constructor(most: number) {
    this.#most = most;
  }

  /** The value of a key, made where it is not here. */
  get(key: string, make: () => T): T {
    const value = this.#values.has(key) ? (this.#values.get(key) as T) : make();
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size > this.#most) this.#values.delete(this.#values.keys().next().value as string);
    return value;
  }

  clear(): void {
    this.#values.clear();
  }
}
