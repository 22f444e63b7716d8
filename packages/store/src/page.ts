/** A page of a list, and where the next one starts. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page starts; null at the end. */
  readonly nextCursor: string | null;
}
