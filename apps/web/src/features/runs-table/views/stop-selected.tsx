'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { StopDialog } from '#src/features/stop/stop-dialog.tsx';
import { useStopNotice } from '#src/features/stop/use-stop-notice.ts';
import type { SelectedRuns } from '../model/run-query.ts';

interface Props {
  readonly target: SelectedRuns;
  readonly count: number;
}

/** Stops those of the selected runs that are training, after asking; nothing where none is. */
export function StopSelected({ target, count }: Props) {
  const t = useTranslations('stop');
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const { answered, failed } = useStopNotice();
  const { data: live = 0 } = useQuery(trpc.runs.live.queryOptions({ target }, { staleTime: 0 }));
  const stop = useMutation(trpc.runs.stop.mutationOptions({ onSuccess: answered, onError: failed }));
  if (live === 0) return null;
  return (
    <>
      <button
        type="button"
        className="button"
        aria-haspopup="dialog"
        disabled={stop.isPending}
        onClick={() => setOpen(true)}
      >
        {t('button')}
      </button>
      <StopDialog
        open={open}
        onOpenChange={setOpen}
        title={t('titleSelected', { count: live })}
        body={t('bodySelected', { count, live })}
        onStop={() => stop.mutate({ target })}
      />
    </>
  );
}
