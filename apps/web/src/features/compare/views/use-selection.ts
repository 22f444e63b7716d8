'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { MOST_IN_ADDRESS } from '../model/view-fields.ts';

export interface ComparedSelection {
  readonly ids: ReadonlySet<string>;
  readonly select: (ids: Iterable<string>) => void;
  readonly toggle: (id: string) => void;
  readonly clear: () => void;
  /** Whether the table shows the selected runs alone: where they were picked in a chart, and not one by one. */
  readonly isAlone: boolean;
  readonly setAlone: (isAlone: boolean) => void;
}

/** The selected runs: of the address where they are few, of the page alone where they are many. */
export function useComparedSelection(
  address: readonly string[],
  write: (ids: readonly string[]) => void,
): ComparedSelection {
  // The address follows a moment later; until then, and for more runs than it holds, the page knows.
  const [own, setOwn] = useState<readonly string[] | null>(null);
  const [isAlone, setAlone] = useState(true);
  const written = useRef<string | null>(null);
  const key = address.join(',');
  useEffect(() => {
    // Changed by the back button and not from here: the address counts.
    if (written.current !== null && key !== written.current) setOwn(null);
    written.current = key;
  }, [key]);
  const current = own ?? address;
  const ids = useMemo(() => new Set(current), [current]);
  const keep = useCallback(
    (next: Iterable<string>) => {
      const list = [...new Set(next)];
      const inAddress = list.length <= MOST_IN_ADDRESS ? list : [];
      written.current = inAddress.join(',');
      setOwn(list);
      write(inAddress);
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
