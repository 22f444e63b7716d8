'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { MOST_IN_ADDRESS } from '../model/view-fields.ts';

export interface ComparedSelection {
  readonly ids: ReadonlySet<string>;
  readonly select: (ids: Iterable<string>) => void;
  readonly toggle: (id: string) => void;
  readonly clear: () => void;
  /**
   * Whether the table is limited to selected runs. So it is after a selection in a chart, and not after one by checkboxes.
   */
  readonly isAlone: boolean;
  readonly setAlone: (isAlone: boolean) => void;
}

/** The selected runs. A small selection is kept in the address, a large one only in the page. */
export function useComparedSelection(
  address: readonly string[],
  write: (ids: readonly string[]) => void,
): ComparedSelection {
  // The selection of this page: the address lags behind, and does not hold large selections.
  const [own, setOwn] = useState<readonly string[] | null>(null);
  const [isAlone, setAlone] = useState(true);
  const written = useRef<string | null>(null);
  const key = address.join(',');
  useEffect(() => {
    // The address was changed by the back button, so it takes precedence.
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
