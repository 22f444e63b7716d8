'use client';

import { useTranslations } from 'use-intl/react';

interface Props {
  readonly factors: readonly string[];
  readonly seedsDiffer: boolean;
}

/** Says aloud in how many factors runs differ: with more than one, no result has a single cause. */
export function FactorNotice({ factors, seedsDiffer }: Props) {
  const t = useTranslations('compare');
  if (factors.length > 1) {
    return (
      <p
        role="note"
        data-factors={factors.length}
        className="mt-4 max-w-[48rem] border-l-2 border-caution bg-caution-ground px-4 py-3"
      >
        {t('several', { count: factors.length, factors: factors.join(', ') })}
      </p>
    );
  }
  const [factor] = factors;
  const text = factor !== undefined ? t('one', { factor }) : seedsDiffer ? t('none') : t('same');
  return (
    <p role="note" data-factors={factors.length} className="mt-2 text-muted">
      {text}
    </p>
  );
}
