import type { useQueryClient } from '@tanstack/react-query';
import type { useTRPC } from '#src/api/trpc.tsx';

type Queries = ReturnType<typeof useQueryClient>;
type Api = ReturnType<typeof useTRPC>;

/**
 * Reads again what is shown of the runs; what is not shown is read when it is. What is on its way is asked for once more:
 * it may be from before a change that is known of.
 */
export async function refreshTable(queries: Queries, trpc: Api): Promise<void> {
  await Promise.all(
    [trpc.runs.table.pathKey(), trpc.runs.fields.pathKey(), trpc.grouping.groups.pathKey()].map((queryKey) =>
      queries.invalidateQueries({ queryKey }),
    ),
  );
}
