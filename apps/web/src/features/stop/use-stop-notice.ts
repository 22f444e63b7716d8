'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { StopAnswer } from '#src/contract/schemas.ts';
import { useNotice } from '#src/ui/toasts.tsx';

/** A run ends within about a second after it is asked to: until then it is looked for more often than else. */
const [LOOK_MS, LOOKS] = [250, 12];

/** Tells what became of runs that were to stop, and has the page see soon that they have ended. */
export function useStopNotice(): {
  answered: (answer: StopAnswer) => void;
  failed: (error: { message: string }) => void;
} {
  const t = useTranslations('stop');
  const notice = useNotice();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const follow = useCallback(() => {
    const queryKey = trpc.experiments.get.pathKey();
    for (let look = 0; look <= LOOKS; look++) {
      setTimeout(() => void queries.invalidateQueries({ queryKey }), look * LOOK_MS);
    }
  }, [queries, trpc]);
  const answered = useCallback(
    ({ stopping, gone, ended }: StopAnswer) => {
      const said = [
        ...(stopping.length > 0 ? [t('asked', { count: stopping.length })] : []),
        ...(gone.length > 0 ? [t('gone', { count: gone.length })] : []),
        ...(stopping.length + gone.length === 0 ? [t(ended.length > 0 ? 'ended' : 'nothing')] : []),
      ];
      notice({ text: said.join(' ') });
      if (stopping.length + gone.length > 0) follow();
    },
    [notice, follow, t],
  );
  const failed = useCallback(
    ({ message }: { message: string }) => notice({ text: t('failed', { message }), alarm: true }),
    [notice, t],
  );
  return { answered, failed };
}
