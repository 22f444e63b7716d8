'use client';

import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { localePath } from '#src/i18n/locales.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { PageLink } from '#src/ui/page-link.tsx';

/** The way from what is recorded of a study to the page about it. A guest sees no pages but what is shared. */
export function ConceptLink({ study }: { readonly study: string }) {
  const t = useTranslations('concepts');
  const { kind } = useReach();
  const { locale } = useFormat();
  if (kind === 'share') return null;
  return (
    <PageLink className="link" href={localePath(locale, `/concepts/${study}`)}>
      {t('about')}
    </PageLink>
  );
}
