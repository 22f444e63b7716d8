/** Part of the answer to a question about runs. */
interface Part {
  /** How many runs match in total. */
  readonly total: number;
  readonly ids: readonly string[];
}

/**
 * Reads all parts of an answer, so that an export is complete.
 * @param read the part that begins at `offset`, counted from 0
 */
export async function everyPart<P extends Part>(read: (offset: number) => Promise<P>): Promise<P[]> {
  const parts: P[] = [];
  let offset = 0;
  for (;;) {
    const part = await read(offset);
    parts.push(part);
    offset += part.ids.length;
    // If runs are archived in the meantime, the last part may be empty.
    if (part.ids.length === 0 || offset >= part.total) return parts;
  }
}
