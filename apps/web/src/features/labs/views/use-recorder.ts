import { useEffect, useMemo, useRef, useState } from 'react';
import { useTRPCClient } from '#src/api/trpc.tsx';
import { openWorker } from '#src/ui/worker.ts';
import type { FromRecorder } from '../model/record-messages.ts';
import { type RecordAll, type RecorderStage, type RecordingOfAll, recordTrainings } from '../model/recorder.ts';

const IDLE: RecordingOfAll = { phase: 'idle', seed: 0 };

const recordWorker = () => new Worker(new URL('../worker/record-worker.ts', import.meta.url), { type: 'module' });

const inWorker: RecorderStage['worker'] = (asked, hear, fail) => {
  const worker = openWorker<FromRecorder, typeof asked>(recordWorker, hear, fail);
  worker.send(asked);
  return worker.end;
};

/** Records trainings; what is recorded is forgotten where others, or another place, are meant. */
export function useRecorder(asked: RecordAll) {
  const client = useTRPCClient();
  const [state, setState] = useState<RecordingOfAll>(IDLE);
  const stop = useRef(() => {});
  const stage = useMemo<RecorderStage>(
    () => ({
      worker: inWorker,
      find: (place) => client.recordings.find.query(place),
      add: (recording) => client.recordings.add.mutate(recording),
      browser: () => navigator.userAgent,
    }),
    [client],
  );
  const meant = JSON.stringify(asked);
  useEffect(() => {
    // A training that nobody means any more ends.
    void meant;
    return () => {
      stop.current();
      setState(IDLE);
    };
  }, [meant]);
  const record = () => {
    stop.current();
    stop.current = recordTrainings(stage, asked, setState);
  };
  const cancel = () => {
    stop.current();
    setState(IDLE);
  };
  return { state, record, cancel };
}
