'use client';

import { useTranslations } from 'use-intl/react';
import { MessagePage } from '#src/features/shell/message-page.tsx';

/** What is shown for a link that does not open (any more). */
export default function ShareNotFound() {
  const t = useTranslations('share');
  return <MessagePage title={t('goneTitle')} body={t('goneBody')} />;
}
