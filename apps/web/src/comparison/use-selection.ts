'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import { MOST_IN_ADDRESS } from './view-fields.ts';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly select: (ids: Iterable<string>) => void;
  readonly toggle: (id: string) => void;
  readonly clear: () => void;
  /** Whether the table shows the selected runs alone: where they were picked in a chart, and not one by one. */
  readonly isAlone: boolean;
  readonly setAlone: (isAlone: boolean) => void;
}

/** The selected runs: of the address where they are few, of the page alone where they are many. */
export function useSelection(address: readonly string[], write: (ids: readonly string[]) => void): Selection {
  const [many, setMany] = useState<readonly string[] | null>(null);
  const [isAlone, setAlone] = useState(true);
  const key = address.join(',');
  useEffect(() => {
    // The address was changed, by the back button or by another selection: it counts.
    if (key !== '') setMany(null);
  }, [key]);
  const current = many ?? address;
  const ids = useMemo(() => new Set(current), [current]);
  const keep = useCallback(
    (next: Iterable<string>) => {
      const list = [...new Set(next)];
      const isFew = list.length <= MOST_IN_ADDRESS;
      setMany(isFew ? null : list);
      write(isFew ? list : []);
    },
    [write],
  );
  const select = useCallback(
    (next: Iterable<string>) => {
      setAlone(true);
      keep(next);
    },
    [keep],
  );
  const toggle = useCallback(
    (id: string) => {
      if (ids.size === 0) setAlone(false);
      keep(ids.has(id) ? [...ids].filter((item) => item !== id) : [...ids, id]);
    },
    [ids, keep],
  );
  const clear = useCallback(() => select([]), [select]);
  return { ids, select, toggle, clear, isAlone, setAlone };
}
