'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { useNotice } from '#src/ui/toasts.tsx';
import type { RenameActions, Renaming } from './name-cell.tsx';
import { refreshTable } from './refresh-table.ts';

/** Renames a run in place. The text is kept here, because the row may be recreated while somebody types. */
export function useRename(): {
  readonly renaming: Renaming | null;
  readonly rename: RenameActions;
  /** New names that have been saved but not read again yet. */
  readonly saved: ReadonlyMap<string, string>;
} {
  const t = useTranslations('table');
  const notice = useNotice();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [renaming, setRenaming] = useState<(Renaming & { readonly before: string }) | null>(null);
  const [saved, setSaved] = useState<ReadonlyMap<string, string>>(new Map());
  const forget = (id: string) => setSaved((known) => new Map([...known].filter(([other]) => other !== id)));
  const { mutate } = useMutation(
    trpc.runs.rename.mutationOptions({
      onSuccess: () => refreshTable(queries, trpc),
      onError: ({ message }) => notice({ text: t('failed', { message }), alarm: true }),
      onSettled: (_, __, { runId }) => forget(runId),
    }),
  );
  const latest = useRef(renaming);
  latest.current = renaming;
  const rename = useMemo<RenameActions>(() => {
    const set = (next: typeof renaming) => {
      latest.current = next;
      setRenaming(next);
    };
    return {
      begin: (id, name) => set({ id, text: name, before: name }),
      write: (text) => latest.current && set({ ...latest.current, text }),
      cancel: () => set(null),
      // Enter saves and removes the field. Removing it triggers blur, which then has nothing to save.
      save: () => {
        const known = latest.current;
        set(null);
        const name = known?.text.trim() ?? '';
        if (!known || name === '' || name === known.before) return;
        setSaved((others) => new Map(others).set(known.id, name));
        mutate({ runId: known.id, name });
      },
    };
  }, [mutate]);
  return { renaming, rename, saved };
}
