'use client';

import { useTranslations } from 'use-intl/react';
import { Command } from '#src/components/ui/command.tsx';

/** The empty list: how to get a first experiment. */
export function NoExperiments() {
  const t = useTranslations('experiments');
  return (
    <div className="max-w-[42rem] py-12">
      <h1 className="text-display font-semibold">{t('emptyTitle')}</h1>
      <p className="mt-4 mb-3">{t('emptyBody')}</p>
      <Command text="npx whorl run spiral" />
      <p className="mt-3 text-small text-muted">{t('emptyNote')}</p>
    </div>
  );
}
