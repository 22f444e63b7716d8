'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import type { Run } from '#src/contract/schemas.ts';
import { useNotice } from '#src/ui/toasts.tsx';
import { DeleteDialog } from './delete-dialog.tsx';

/** Deletes a run for good, after asking; the page of its experiment follows. */
export function DeleteRun({ run }: { readonly run: Pick<Run, 'id' | 'name' | 'experimentId'> }) {
  const t = useTranslations('deletion');
  const router = useRouter();
  const notice = useNotice();
  const { experimentHref } = useReach();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('open')}
      </button>
      <DeleteDialog
        open={open}
        onOpenChange={setOpen}
        of={{ target: { runIds: [run.id] } }}
        title={t('titleRun')}
        body={t('bodyRun', { name: run.name })}
        typed={null}
        onDeleted={() => {
          if (experimentHref) router.replace(experimentHref(run.experimentId));
          notice({ text: t('deleted', { count: 1 }) });
        }}
      />
    </>
  );
}
