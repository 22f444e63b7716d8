import type { Run } from '#src/contract/schemas.ts';
import type { createCaller } from './router.ts';

const PAGE = 200;

/** All runs of an experiment, newest first, for computations that must not leave any out. */
export async function allRuns(
  caller: ReturnType<typeof createCaller>,
  input: { readonly experimentId: string },
): Promise<Run[]> {
  const runs: Run[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof caller.runs.list>> = await caller.runs.list({
      ...input,
      cursor,
      limit: PAGE,
    });
    runs.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return runs;
}
