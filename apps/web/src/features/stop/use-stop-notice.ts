'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl/react';
import type { StopResult } from '#src/contract/schemas.ts';
import { useNotice } from '#src/ui/toasts.tsx';

/** Says what happens to runs that were asked to stop. The server then looks more often, so that their end is seen soon. */
export function useStopNotice(): {
  answered: (answer: StopResult) => void;
  failed: (error: { message: string }) => void;
} {
  const t = useTranslations('stop');
  const notice = useNotice();
  const answered = useCallback(
    ({ stopping, gone, ended }: StopResult) => {
      const said = [
        ...(stopping.length > 0 ? [t('asked', { count: stopping.length })] : []),
        ...(gone.length > 0 ? [t('gone', { count: gone.length })] : []),
        ...(stopping.length + gone.length === 0 ? [t(ended.length > 0 ? 'ended' : 'nothing')] : []),
      ];
      notice({ text: said.join(' ') });
    },
    [notice, t],
  );
  const failed = useCallback(
    ({ message }: { message: string }) => notice({ text: t('failed', { message }), alarm: true }),
    [notice, t],
  );
  return { answered, failed };
}
