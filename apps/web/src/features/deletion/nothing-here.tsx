'use client';

import { useLocale, useTranslations } from 'use-intl/react';
import { MessagePage } from '#src/features/shell/message-page.tsx';
import { localePath } from '#src/i18n/locales.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { PageLink } from '#src/ui/page-link.tsx';

interface Props {
  /** What was deleted, and when; null where nothing was ever here. */
  readonly deleted: { readonly what: 'experiment' | 'run' | 'runs'; readonly at: Date } | null;
}

/** The page for an address at which there is nothing, or nothing any more. */
export function NothingHere({ deleted }: Props) {
  const t = useTranslations('notFound');
  const gone = useTranslations('deletion');
  const locale = useLocale();
  const { moment } = useFormat();
  const said = deleted
    ? { title: gone(`goneTitle.${deleted.what}`), body: gone('goneBody', { date: moment(deleted.at) }) }
    : { title: t('title'), body: t('body') };
  return (
    <MessagePage {...said}>
      <PageLink className="button" href={localePath(locale, '/')}>
        {t('experiments')}
      </PageLink>
    </MessagePage>
  );
}
