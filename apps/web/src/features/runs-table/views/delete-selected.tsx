'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { DeleteDialog } from '#src/features/deletion/delete-dialog.tsx';
import { useNotice } from '#src/ui/toasts.tsx';
import type { SelectedRuns } from '../model/run-query.ts';

interface Props {
  readonly target: SelectedRuns;
  readonly count: number;
  readonly onDeleted: () => void;
}

/** Deletes the selected runs for good, after asking. */
export function DeleteSelected({ target, count, onDeleted }: Props) {
  const t = useTranslations('deletion');
  const notice = useNotice();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('open')}
      </button>
      <DeleteDialog
        open={open}
        onOpenChange={setOpen}
        of={{ target }}
        title={t('titleRuns', { count })}
        body={t('bodyRuns')}
        typed={count > 1 ? ({ runs }) => String(runs) : null}
        onDeleted={({ runs }) => {
          onDeleted();
          notice({ text: t('deleted', { count: runs }) });
        }}
      />
    </>
  );
}
