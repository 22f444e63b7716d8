'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import { Modal } from '#src/ui/modal.tsx';
import { useNotice } from '#src/ui/toasts.tsx';

interface Props {
  readonly runId: string;
  readonly name: string;
  /** How many files have this name: one for each step. */
  readonly count: number;
}

/** Deletes the files of a name for good, after asking; nothing for viewers who can only read. */
export function DeleteFile({ runId, name, count }: Props) {
  const t = useTranslations('deletion');
  const { kind } = useReach();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const notice = useNotice();
  const [open, setOpen] = useState(false);
  const remove = useMutation(
    trpc.deletions.files.mutationOptions({
      onSuccess: ({ files }) => {
        setOpen(false);
        notice({ text: t('deletedFile', { count: files }) });
        return queries.invalidateQueries({ queryKey: trpc.artifacts.list.queryKey({ runIds: [runId] }) });
      },
    }),
  );
  if (kind !== 'owner') return null;
  return (
    <>
      <button
        type="button"
        className="link"
        aria-haspopup="dialog"
        aria-label={t('deleteOf', { file: name })}
        onClick={() => setOpen(true)}
      >
        {t('open')}
      </button>
      <Modal open={open} onOpenChange={setOpen} title={t('titleFile')} description={t('bodyFile', { name, count })}>
        <p aria-live="polite" className="mt-4 min-h-5 text-small text-alarm">
          {remove.isError && t('failed', { message: remove.error.message })}
        </p>
        <div className="mt-4 flex justify-end gap-2">
          <button type="button" className="button" onClick={() => setOpen(false)}>
            {t('cancel')}
          </button>
          <button
            type="button"
            className="button button-danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate({ runId, names: [name] })}
          >
            {remove.isPending ? t('deleting') : t('button')}
          </button>
        </div>
      </Modal>
    </>
  );
}
