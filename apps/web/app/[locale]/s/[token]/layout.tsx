import type { ReactNode } from 'react';
import { ReachProvider } from '#src/api/reach.tsx';
import { PageFrame } from '#src/features/shell/page-frame.tsx';
import { translator } from '#src/i18n/translator.ts';
import { LiveProvider } from '#src/live/live-provider.tsx';
import { Toasts } from '#src/ui/toasts.tsx';
import { Wordmark } from '#src/ui/wordmark.tsx';
import { localeOf } from '../../page-props.ts';

interface Props {
  readonly children: ReactNode;
  readonly params: Promise<{ locale: string; token: string }>;
}

/** The frame of a shared page: nothing in it leads out of the share. */
export default async function ShareLayout({ children, params }: Props) {
  const locale = await localeOf(params);
  const { token } = await params;
  const t = translator(locale);
  const lead = (
    <div className="flex items-center gap-4">
      <Wordmark />
      <span className="text-small text-muted">{t('share.banner')}</span>
    </div>
  );
  return (
    <PageFrame locale={locale} lead={lead}>
      <ReachProvider shareToken={token}>
        <LiveProvider>
          <Toasts>{children}</Toasts>
        </LiveProvider>
      </ReachProvider>
    </PageFrame>
  );
}
