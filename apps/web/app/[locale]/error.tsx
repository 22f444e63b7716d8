'use client';

import { useTranslations } from 'use-intl/react';
import { MessagePage } from '#src/features/shell/message-page.tsx';

interface Props {
  /** With a digest where it happened on the server, whose log has it. */
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

/** What is shown where a page failed. */
export default function ErrorPage({ error, reset }: Props) {
  const t = useTranslations('error');
  return (
    <MessagePage title={t('title')} body={error.digest ? t('body') : t('bodyHere', { message: error.message })}>
      <button type="button" className="button" onClick={reset}>
        {t('again')}
      </button>
    </MessagePage>
  );
}
