/** Part of the answer to a question about runs. */
interface Part {
  /** How many runs match, those of other parts included. */
  readonly total: number;
  readonly ids: readonly string[];
}

/**
 * All parts of an answer, however many there are: what is exported is never cut.
 * @param read the part that begins with the run at `offset`, counted from 0
 */
export async function everyPart<P extends Part>(read: (offset: number) => Promise<P>): Promise<P[]> {
  const parts: P[] = [];
  let offset = 0;
  for (;;) {
    const part = await read(offset);
    parts.push(part);
    offset += part.ids.length;
    // Runs that are archived meanwhile leave an empty part behind.
    if (part.ids.length === 0 || offset >= part.total) return parts;
  }
}
