'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Run } from '#src/contract/schemas.ts';
import { StopDialog } from './stop-dialog.tsx';
import { useStopNotice } from './use-stop-notice.ts';

/** Ends a run that trains, after asking; nothing for one that has ended. */
export function StopRun({ run }: { readonly run: Pick<Run, 'id' | 'name' | 'status' | 'stopRequestedAt'> }) {
  const t = useTranslations('stop');
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const { answered, failed } = useStopNotice();
  const stop = useMutation(trpc.runs.stop.mutationOptions({ onSuccess: answered, onError: failed }));
  if (run.status !== 'running') return null;
  const asked = run.stopRequestedAt !== null || stop.isPending || (stop.data?.stopping.length ?? 0) > 0;
  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" disabled={asked} onClick={() => setOpen(true)}>
        {asked ? t('stopping') : t('button')}
      </button>
      <StopDialog
        open={open}
        onOpenChange={setOpen}
        title={t('titleRun')}
        body={t('bodyRun', { name: run.name })}
        onStop={() => stop.mutate({ target: { runIds: [run.id] } })}
      />
    </>
  );
}
