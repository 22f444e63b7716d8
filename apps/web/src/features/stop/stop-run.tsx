'use client';

import { useMutation } from '@tanstack/react-query';
import { isOwnSource } from '@whorl/core';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Run } from '#src/contract/schemas.ts';
import { StopDialog } from './stop-dialog.tsx';
import { useStopNotice } from './use-stop-notice.ts';

/**
 * Ends a run that trains, after asking; nothing for one that has ended. Another program nobody can ask: its run is marked as
 * ended.
 */
export function StopRun({ run }: { readonly run: Pick<Run, 'id' | 'name' | 'status' | 'source' | 'stopRequestedAt'> }) {
  const t = useTranslations('stop');
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const { answered, failed } = useStopNotice();
  const isOwn = isOwnSource(run.source);
  const stop = useMutation(
    trpc.runs.stop.mutationOptions(isOwn ? { onSuccess: answered, onError: failed } : { onError: failed }),
  );
  if (run.status !== 'running') return null;
  const asked = run.stopRequestedAt !== null || stop.isPending || (stop.data?.stopping.length ?? 0) > 0;
  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" disabled={asked} onClick={() => setOpen(true)}>
        {asked && isOwn ? t('stopping') : t(isOwn ? 'button' : 'mark')}
      </button>
      <StopDialog
        open={open}
        onOpenChange={setOpen}
        title={t(isOwn ? 'titleRun' : 'titleOther')}
        body={t(isOwn ? 'bodyRun' : 'bodyOther', { name: run.name })}
        {...(isOwn ? {} : { button: t('mark'), cancel: t('cancelOther') })}
        onStop={() => stop.mutate({ target: { runIds: [run.id] } })}
      />
    </>
  );
}
