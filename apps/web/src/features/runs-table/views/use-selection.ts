'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import { type AddressSelection, NOTHING, type Selection, UNSAID, writeSelection } from '../model/selection.ts';
import { MOST_IDS } from '../model/table-view.ts';

const textOf = (selection: AddressSelection): string => writeSelection(selection).join();

/** For how long a selection of many rests before it is kept: it may be on its way to another. */
const REST_MS = 300;

interface KeptSelection {
  readonly selection: Selection;
  readonly select: (next: Selection | ((known: Selection) => Selection)) => void;
  /** Whether the address names a set of runs that there is not. */
  readonly isLost: boolean;
}

/**
 * The selection, kept in the address: of many runs the id of a set of them. It is kept here too: a checkbox answers at
 * once, the address a moment later.
 */
export function useSelection(ofAddress: AddressSelection, change: (sel: AddressSelection) => void): KeptSelection {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const text = textOf(ofAddress);
  const [selection, setSelection] = useState<Selection>(ofAddress);
  const [isLost, setLost] = useState(false);
  const latest = useRef(selection);
  const written = useRef(ofAddress.set === null ? text : null);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);

  // An address that was pasted, the back button or a saved view brings another selection.
  useEffect(() => {
    if (text === written.current) return;
    written.current = text;
    clearTimeout(resting.current);
    const take = (found: Selection) => {
      latest.current = found;
      setSelection(found);
    };
    const { all, set } = ofAddress;
    setLost(false);
    if (set === null) return take(ofAddress);
    take(NOTHING);
    const isWanted = () => written.current === text;
    queries.fetchQuery(trpc.runSets.get.queryOptions({ id: set })).then(
      ({ runIds }) => isWanted() && take({ all, ids: new Set(runIds) }),
      () => isWanted() && setLost(true),
    );
  }, [text, ofAddress, queries, trpc]);

  useEffect(() => () => clearTimeout(resting.current), []);

  const write = useCallback(
    (sel: AddressSelection) => {
      written.current = textOf(sel);
      change(sel);
    },
    [change],
  );
  const { mutate: put } = useMutation(trpc.runSets.put.mutationOptions());
  const select = useCallback(
    (next: Selection | ((known: Selection) => Selection)) => {
      const selected = typeof next === 'function' ? next(latest.current) : next;
      latest.current = selected;
      clearTimeout(resting.current);
      setSelection(selected);
      setLost(false);
      const { all, ids } = selected;
      if (ids.size <= MOST_IDS) return write({ all, ids, set: null });
      write(UNSAID);
      resting.current = setTimeout(() => {
        // In one order: the same runs are the same set, however they were picked.
        const onSuccess = ({ id }: { id: string }) =>
          latest.current === selected && write({ all, ids: new Set(), set: id });
        put({ target: { runIds: [...ids].sort() } }, { onSuccess });
      }, REST_MS);
    },
    [write, put],
  );
  return { selection, select, isLost };
}
