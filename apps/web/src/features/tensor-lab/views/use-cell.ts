import { useCallback, useEffect, useRef, useState } from 'react';
import { openWorker } from '#src/ui/worker.ts';
import type { CellResult } from '../model/run-cell.ts';

export interface CellRun {
  readonly state: 'new' | 'running' | 'done' | 'stopped';
  readonly result: CellResult | null;
}

const cellWorker = () => new Worker(new URL('../worker/cell-worker.ts', import.meta.url), { type: 'module' });

const NEW: CellRun = { state: 'new', result: null };

/** Runs a cell in a worker of its own, which ends with it. */
export function useCell() {
  const [run, setRun] = useState<CellRun>(NEW);
  const running = useRef<{ end(): void } | null>(null);
  const end = useCallback(() => {
    running.current?.end();
    running.current = null;
  }, []);
  useEffect(() => end, [end]);
  const start = (source: string) => {
    end();
    const finish = (result: CellResult) => {
      end();
      setRun({ state: 'done', result });
    };
    setRun({ state: 'running', result: null });
    const worker = openWorker<CellResult, string>(cellWorker, finish, (line) =>
      finish({ printed: [], error: { line, hint: null } }),
    );
    running.current = worker;
    worker.send(source);
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
