'use client';

import { useEffect, useRef, useState } from 'react';
import { useTRPCClient } from '#src/api/trpc.tsx';
import type { LogPart } from '#src/contract/artifact.ts';

/** While a run trains its log is read this often: with the writer's second, a line is here within two. */
const REFRESH_MS = 1_000;
/** A log that could not be read is asked for again. */
const RETRY_MS = 5_000;

interface RunLogState {
  readonly parts: readonly LogPart[];
  readonly state: 'reading' | 'read' | 'failed';
}

/** The log of a run as far as it is written. Only parts that are not here yet are asked for. */
export function useRunLog(runId: string, live: boolean): RunLogState {
  const client = useTRPCClient();
  const [log, setLog] = useState<RunLogState>({ parts: [], state: 'reading' });
  const known = useRef<readonly LogPart[]>([]);
  // It starts anew when the run has ended: the last part is written just before that.
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readNext = async (): Promise<void> => {
      const after = known.current.at(-1)?.id ?? 0;
      const { parts, more } = await client.artifacts.log.query({ runIds: [runId], after }, { signal });
      if (signal.aborted) return;
      if (parts.length > 0) known.current = [...known.current, ...parts];
      if (more) return readNext();
    };
    const read = () => {
      readNext().then(
        () => {
          if (signal.aborted) return;
          setLog((before) =>
            before.state === 'read' && before.parts === known.current
              ? before
              : { parts: known.current, state: 'read' },
          );
          if (live) timer = setTimeout(read, REFRESH_MS);
        },
        () => {
          if (signal.aborted) return;
          setLog({ parts: known.current, state: 'failed' });
          timer = setTimeout(read, RETRY_MS);
        },
      );
    };
    read();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [runId, live, client]);
  return log;
}
