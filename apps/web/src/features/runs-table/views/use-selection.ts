'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import { type AddressSelection, NOTHING, type Selection, UNSAID, writeSelection } from '../model/selection.ts';
import { MOST_IDS } from '../model/table-view.ts';

const textOf = (selection: AddressSelection): string => writeSelection(selection).join();

/** A large selection is stored after this long without a change. */
const REST_MS = 300;

interface KeptSelection {
  readonly selection: Selection;
  readonly select: (next: Selection | ((known: Selection) => Selection)) => void;
  /** Whether the address names a set of runs that does not exist. */
  readonly isLost: boolean;
}

/**
 * The selection. It is kept in the address, a large one as the id of a stored set, and here as well, so that checkboxes
 * react at once.
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

  // A pasted address, the back button or a saved view has changed the selection.
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
        // Sorted, so that the same runs give the same set in whatever order they were selected.
        const onSuccess = ({ id }: { id: string }) =>
          latest.current === selected && write({ all, ids: new Set(), set: id });
        put({ target: { runIds: [...ids].sort() } }, { onSuccess });
      }, REST_MS);
    },
    [write, put],
  );
  return { selection, select, isLost };
}
