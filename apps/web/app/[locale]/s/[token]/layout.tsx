import type { ReactNode } from 'react';
import { ReachProvider } from '#src/api/reach.tsx';
import { Toasts } from '#src/components/ui/toasts.tsx';
import { Wordmark } from '#src/components/ui/wordmark.tsx';
import { translator } from '#src/i18n/translator.ts';
import { PageFrame } from '../../_components/page-frame.tsx';
import { localeOf } from '../../_components/page-props.ts';

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
        <Toasts>{children}</Toasts>
      </ReachProvider>
    </PageFrame>
  );
}
