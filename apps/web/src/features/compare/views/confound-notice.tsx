'use client';

import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';

interface Props {
  readonly by: readonly string[];
  readonly confounds: readonly string[];
  /** Compares by these factors together. */
  readonly onBy: (by: readonly string[]) => void;
}

const MOST_TOGETHER = 4;

/**
 * Warns where groups differ in more than the compared factors, and in what. Otherwise it says in a plain line that they do
 * not.
 */
export function ConfoundNotice({ by, confounds, onBy }: Props) {
  const t = useTranslations('comparison');
  const { list } = useStatisticsText();
  const { kind } = useReach();
  const together = [...by, ...confounds];
  if (confounds.length === 0) {
    return (
      <p role="note" data-confounds="0" className="mt-2 max-w-[48rem] text-small text-muted">
        {by.length > 0 ? t('clean', { by: list(by) }) : t('seedsAlone')}
      </p>
    );
  }
  return (
    <div
      role="alert"
      data-confounds={confounds.length}
      className="mt-6 max-w-[48rem] border-l-4 border-caution bg-caution-ground px-4 py-3"
    >
      <p className="font-semibold text-caution">{t('confoundedTitle')}</p>
      <p className="mt-1">{t('confounded', { count: confounds.length, paths: list(confounds), by: list(by) })}</p>
      {(kind === 'owner' || together.length <= MOST_TOGETHER) && (
        <p className="mt-1 text-small">{t(kind === 'owner' ? 'confoundedAdvice' : 'confoundedAdviceShared')}</p>
      )}
      {together.length <= MOST_TOGETHER && (
        <button type="button" className="button mt-2 max-w-full !whitespace-normal" onClick={() => onBy(together)}>
          {t('compareTogether', { by: list(together) })}
        </button>
      )}
    </div>
  );
}
