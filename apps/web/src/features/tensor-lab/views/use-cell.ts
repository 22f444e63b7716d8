import { useCallback, useEffect, useRef, useState } from 'react';
import type { CellResult } from '../model/run-cell.ts';

export interface CellRun {
  readonly state: 'new' | 'running' | 'done' | 'stopped';
  readonly result: CellResult | null;
}

const NEW: CellRun = { state: 'new', result: null };

/** Runs a cell in a worker of its own, which ends with it. */
export function useCell() {
  const [run, setRun] = useState<CellRun>(NEW);
  const worker = useRef<Worker | null>(null);
  const end = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
  }, []);
  useEffect(() => end, [end]);
  const start = (source: string) => {
    end();
    const finish = (result: CellResult) => {
      end();
      setRun({ state: 'done', result });
    };
    setRun({ state: 'running', result: null });
    const fresh = new Worker(new URL('../worker/cell-worker.ts', import.meta.url), { type: 'module' });
    worker.current = fresh;
    fresh.addEventListener('message', ({ data }: MessageEvent<CellResult>) => finish(data));
    fresh.addEventListener('error', ({ message }) => finish({ printed: [], error: { line: message, hint: null } }));
    fresh.postMessage(source);
  };
  const stop = () => {
    end();
    setRun({ state: 'stopped', result: null });
  };
  const clear = () => {
    end();
    setRun(NEW);
  };
  return { run, start, stop, clear };
}
