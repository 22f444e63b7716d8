'use client';

import { useLocale, useTranslations } from 'use-intl/react';
import { MessagePage } from '#src/features/shell/message-page.tsx';
import { localePath } from '#src/i18n/locales.ts';
import { PageLink } from '#src/ui/page-link.tsx';

/** What is shown for an address without a page. */
export default function NotFound() {
  const t = useTranslations('notFound');
  const locale = useLocale();
  return (
    <MessagePage title={t('title')} body={t('body')}>
      <PageLink className="button" href={localePath(locale, '/')}>
        {t('experiments')}
      </PageLink>
    </MessagePage>
  );
}
