'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC, useTRPCClient } from '#src/api/trpc.tsx';
import type { LogPart } from '#src/contract/artifact.ts';

interface RunLogState {
  readonly parts: readonly LogPart[];
  readonly state: 'reading' | 'read' | 'failed';
}

interface Log {
  readonly parts: readonly LogPart[];
}

const EMPTY: Log = { parts: [] };

/** The log of a run as far as it is written. Only new parts are fetched. */
export function useRunLog(runId: string): RunLogState {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const queryKey: readonly unknown[] = trpc.artifacts.log.queryKey({ runIds: [runId] });
  const { data, isError } = useQuery({
    queryKey,
    structuralSharing: false,
    queryFn: async ({ signal }): Promise<Log> => {
      let log = queries.getQueryData<Log>(queryKey) ?? EMPTY;
      for (let isMore = true; isMore; ) {
        const after = log.parts.at(-1)?.id ?? 0;
        const { parts, more } = await client.artifacts.log.query({ runIds: [runId], after }, { signal });
        if (parts.length > 0) log = { parts: [...log.parts, ...parts] };
        isMore = more;
      }
      return log;
    },
  });
  return { parts: (data ?? EMPTY).parts, state: isError ? 'failed' : data ? 'read' : 'reading' };
}
