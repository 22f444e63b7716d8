import type { ReactNode } from 'react';
import { ReachProvider } from '#src/api/reach.tsx';
import { FindEverything } from '#src/features/find/find-everything.tsx';
import { PageFrame } from '#src/features/shell/page-frame.tsx';
import { localePath } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';
import { LiveProvider } from '#src/live/live-provider.tsx';
import { isGuarded } from '#src/server/access/sign-in.ts';
import { PageLink } from '#src/ui/page-link.tsx';
import { Toasts } from '#src/ui/toasts.tsx';
import { Wordmark } from '#src/ui/wordmark.tsx';
import { localeOf } from '../page-props.ts';
import { findablePlaces } from './concepts/findable.ts';

interface Props {
  readonly children: ReactNode;
  readonly params: Promise<{ locale: string }>;
}

/** The frame of the pages of the person whose record it is. */
export default async function AppLayout({ children, params }: Props) {
  const locale = await localeOf(params);
  const t = translator(locale);
  const guarded = isGuarded();
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
        <PageLink href={localePath(locale, '/playground')} className="py-1 hover:text-ink">
          {t('app.playground')}
        </PageLink>
        <PageLink href={localePath(locale, '/log')} className="py-1 hover:text-ink">
          {t('app.log')}
        </PageLink>
      </nav>
      <FindEverything {...(await findablePlaces(locale))} />
      {guarded && (
        <form method="post" action="/sign-out">
          <button type="submit" className="py-1 text-small text-muted hover:text-ink">
            {t('app.signOut')}
          </button>
        </form>
      )}
    </div>
  );
  return (
    <ReachProvider>
      <PageFrame locale={locale} lead={lead}>
        <LiveProvider>
          <Toasts>{children}</Toasts>
        </LiveProvider>
      </PageFrame>
    </ReachProvider>
  );
}
