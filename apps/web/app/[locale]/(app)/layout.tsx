import type { ReactNode } from 'react';
import { getRunning } from '#server/running.ts';
import { ReachProvider } from '#src/api/reach.tsx';
import { PageLink } from '#src/components/ui/page-link.tsx';
import { Toasts } from '#src/components/ui/toasts.tsx';
import { Wordmark } from '#src/components/ui/wordmark.tsx';
import { localePath } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';
import { PageFrame } from '../_components/page-frame.tsx';
import { localeOf } from '../_components/page-props.ts';

interface Props {
  readonly children: ReactNode;
  readonly params: Promise<{ locale: string }>;
}

/** The frame of the pages of the person whose record it is. */
export default async function AppLayout({ children, params }: Props) {
  const locale = await localeOf(params);
  const t = translator(locale);
  const isGuarded = getRunning().settings.token !== undefined;
  const lead = (
    <div className="flex items-center gap-3 sm:gap-6">
      <PageLink href={localePath(locale, '/')} className="flex py-1">
        <Wordmark />
      </PageLink>
      <nav aria-label={t('app.navigation')} className="flex gap-3 text-small sm:gap-4 font-medium text-muted">
        <PageLink href={localePath(locale, '/')} className="py-1 hover:text-ink">
          {t('app.experiments')}
        </PageLink>
        <PageLink href={localePath(locale, '/concepts')} className="py-1 hover:text-ink">
          {t('app.concepts')}
        </PageLink>
      </nav>
      {isGuarded && (
        <form method="post" action="/sign-out">
          <button type="submit" className="py-1 text-small text-muted hover:text-ink">
            {t('app.signOut')}
          </button>
        </form>
      )}
    </div>
  );
  return (
    <PageFrame locale={locale} lead={lead}>
      <ReachProvider>
        <Toasts>{children}</Toasts>
      </ReachProvider>
    </PageFrame>
  );
}
