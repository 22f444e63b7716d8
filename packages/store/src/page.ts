/** A part of a list, and where the next part starts. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page starts, null at the end. */
  readonly nextCursor: string | null;
}
