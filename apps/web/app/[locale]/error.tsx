'use client';

import { useTranslations } from 'use-intl/react';
import { MessagePage } from './_components/message-page.tsx';

/** What is shown where a page failed. */
export default function ErrorPage({ reset }: { readonly error: Error; readonly reset: () => void }) {
  const t = useTranslations('error');
  return (
    <MessagePage title={t('title')} body={t('body')}>
      <button type="button" className="button" onClick={reset}>
        {t('again')}
      </button>
    </MessagePage>
  );
}
