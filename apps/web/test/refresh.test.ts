import { setTimeout as sleep } from 'node:timers/promises';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { createTRPCClient } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { describe, expect, it } from 'vitest';
import { refreshTable } from '../src/features/runs-table/views/refresh-table.ts';
import type { AppRouter } from '../src/server/router.ts';

describe('what the table shows', () => {
  /** A table whose rows take a moment to come, and what the server has. */
  function tableOf(server: { value: string }) {
    const queries = new QueryClient();
    const trpc = createTRPCOptionsProxy<AppRouter>({
      client: createTRPCClient<AppRouter>({ links: [] }),
      queryClient: queries,
    });
    const queryFn = async () => {
      const read = server.value;
      await sleep(30);
      return read;
    };
    const queryKey = trpc.runs.table.queryKey({ target: { experimentId: 'a' }, fields: [] });
    const table = new QueryObserver<string, Error, string, string, readonly unknown[]>(queries, {
      queryKey,
      queryFn,
      staleTime: Number.POSITIVE_INFINITY,
    });
    const stop = table.subscribe(() => {});
    return { queries, trpc: trpc as unknown as Parameters<typeof refreshTable>[1], table, stop };
  }

  it('bug: after a change is not the answer that was on its way before it', async () => {
    const server = { value: 'before' };
    const { queries, trpc, table, stop } = tableOf(server);
    await expect.poll(() => table.getCurrentResult().data).toBe('before');
    void queries.invalidateQueries({ queryKey: table.options.queryKey }, { cancelRefetch: false }); // what news do
    await sleep(5);
    server.value = 'after';
    await refreshTable(queries, trpc);
    expect(table.getCurrentResult().data).toBe('after');
    stop();
  });
});
