import type { useQueryClient } from '@tanstack/react-query';
import type { useTRPC } from '#src/api/trpc.tsx';

type Queries = ReturnType<typeof useQueryClient>;
type Api = ReturnType<typeof useTRPC>;

/**
 * Reads again what is shown of the runs; the rest is read when it is shown. Requests under way are repeated, because they
 * may be older than a change that is known.
 */
export async function refreshTable(queries: Queries, trpc: Api): Promise<void> {
  await Promise.all(
    [trpc.runs.table.pathKey(), trpc.runs.fields.pathKey(), trpc.grouping.groups.pathKey()].map((queryKey) =>
      queries.invalidateQueries({ queryKey }),
    ),
  );
}
