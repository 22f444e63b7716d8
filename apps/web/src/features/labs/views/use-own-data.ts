import { useCallback, useEffect, useMemo, useState } from 'react';
import { keep, readKept } from '#src/ui/kept.ts';
import type { LabFile } from '../model/messages.ts';
import {
  type DrawnPoint,
  drawnData,
  fileData,
  keptPoints,
  type OwnData,
  ownSourceOf,
  pointsToKeep,
} from '../model/own-data.ts';

const KEY = 'whorl.playground.points';
const NOTHING: OwnData = { values: {} };

/** The reader's own data: points are kept in this browser, a file until the page is left. */
export function useOwnData() {
  const [points, setPoints] = useState<readonly DrawnPoint[]>([]);
  const [file, setFile] = useState<LabFile | null>(null);
  const [label, setLabel] = useState('');
  useEffect(() => {
    setPoints(keptPoints(readKept(KEY)));
  }, []);
  const draw = useCallback((next: readonly DrawnPoint[]) => {
    setPoints(next);
    keep(KEY, pointsToKeep(next));
  }, []);
  // The same as long as nothing changes: what is another begins anew.
  const drawn = useMemo(() => drawnData(points), [points]);
  const read = useMemo(() => fileData(file, label), [file, label]);
  /** What is trained on in place of drawn data; null where it is missing. */
  const ownOf = useCallback(
    (set: Readonly<Record<string, unknown>>): OwnData | null => {
      const source = ownSourceOf(set.data);
      if (source === null) return NOTHING;
      return source === 'drawn' ? drawn : read;
    },
    [drawn, read],
  );
  return { points, draw, file, setFile, label, setLabel, ownOf };
}
