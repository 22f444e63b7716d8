'use client';

import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPCClient } from '#src/api/trpc.tsx';
import type { RunDetail } from '#src/contract/schemas.ts';
import { useNotice } from '#src/ui/toasts.tsx';

/** The parts of a run that can be changed on its page. */
type Changeable = Pick<RunDetail, 'name' | 'notes' | 'tags' | 'archivedAt'>;

/** The changes that a run's owner can make. */
export interface RunChanges {
  readonly rename: (name: string) => Promise<void>;
  readonly setNotes: (notes: string) => Promise<void>;
  /** Null removes a tag. Resolves to whether it worked; failures are shown. */
  readonly setTags: (tags: Readonly<Record<string, string | null>>) => Promise<boolean>;
  readonly setArchived: (archived: boolean) => void;
}

/** The run with the changes made here, and functions to change it; null for viewers who can only read. */
export function useRunChanges(detail: RunDetail): { changed: Changeable; changes: RunChanges | null } {
  const t = useTranslations('runHeader');
  const { kind } = useReach();
  const client = useTRPCClient();
  const notice = useNotice();
  const [done, setDone] = useState<Partial<Changeable>>({});
  const { id } = detail;
  const changes = useMemo((): RunChanges => {
    const target = { runIds: [id] };
    const failed = (error: Error) => notice({ text: t('failed', { message: error.message }), alarm: true });
    const setArchived = (archived: boolean, undoable = true) => {
      const { mutate } = archived ? client.runs.archive : client.runs.restore;
      mutate({ target }).then(() => {
        setDone((before) => ({ ...before, archivedAt: archived ? new Date() : null }));
        if (undoable) {
          notice({ text: t(archived ? 'archived' : 'restored'), undo: () => setArchived(!archived, false) });
        }
      }, failed);
    };
    return {
      rename: async (name) => {
        await client.runs.rename.mutate({ runId: id, name });
        setDone((before) => ({ ...before, name }));
      },
      setNotes: async (notes) => {
        await client.runs.setNotes.mutate({ runId: id, notes });
        setDone((before) => ({ ...before, notes }));
      },
      setTags: (tags) =>
        client.runs.setTags.mutate({ target, tags }).then(
          () => {
            setDone((before) => ({ ...before, tags: withTags(before.tags ?? detail.tags, tags) }));
            return true;
          },
          (error: Error) => {
            failed(error);
            return false;
          },
        ),
      setArchived,
    };
  }, [id, detail.tags, client, notice, t]);
  const { name, notes, tags, archivedAt } = { ...detail, ...done };
  return { changed: { name, notes, tags, archivedAt }, changes: kind === 'owner' ? changes : null };
}

function withTags(
  before: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const kept = Object.entries(before).filter(([key]) => !Object.hasOwn(changes, key));
  const added = Object.entries(changes).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
  return Object.fromEntries([...kept, ...added]);
}
