'use client';

import { useTranslations } from 'use-intl/react';
import { localePath } from '#src/i18n/locales.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { PageLink } from '#src/ui/page-link.tsx';

interface Props {
  readonly experiment?: string;
  /** Whether it is the only way that the page gives. */
  readonly alone?: boolean;
}

/** The way from a page without runs to what a program has to say to log some. */
export function LogLink({ experiment, alone = false }: Props) {
  const t = useTranslations('programs');
  const { locale } = useFormat();
  const query = experiment === undefined ? '' : `?${new URLSearchParams({ experiment })}`;
  return (
    <PageLink className="link" href={localePath(locale, `/log${query}`)}>
      {t(alone ? 'title' : 'or')}
    </PageLink>
  );
}
