import '@fontsource-variable/inter/index.css';
import '../globals.css';
import '#src/ui/generated/text-fonts.css';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { zoneScript } from '#src/contract/time-zone.ts';
import { LANG, toLocale } from '#src/i18n/locales.ts';
import { MESSAGES } from '#src/i18n/messages.ts';
import { LanguageProvider } from '#src/i18n/provider.tsx';
import { readerZone } from '#src/server/access/reader-zone.ts';
import { THEME_SCRIPT } from '#src/ui/theme-script.ts';

export const dynamic = 'force-dynamic';

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E%3Cpath d='M10 9c2 0 3 2 1.500 3.500C9 15 5 12 6 8.500 7.500 4 13.500 3.500 16 8' fill='none' stroke='%236570e8' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E";

interface Props {
  readonly children: ReactNode;
  readonly params: Promise<{ locale: string }>;
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { app } = MESSAGES[toLocale((await params).locale) ?? 'en'];
  return {
    title: { default: `${app.name}: ${app.tagline}`, template: `%s · ${app.name}` },
    description: app.tagline,
    icons: { icon: ICON },
    robots: { index: false },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fcfcfb' },
    { media: '(prefers-color-scheme: dark)', color: '#131517' },
  ],
};

/** The document of every page, in its language and theme. */
export default async function RootLayout({ children, params }: Props) {
  const locale = toLocale((await params).locale);
  if (!locale) notFound();
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const timeZone = await readerZone();
  return (
    <html lang={LANG[locale]} suppressHydrationWarning>
      <head>
        {/* Texts of ours, run before the first paint. */}
        <script
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: THEME_SCRIPT + zoneScript(timeZone) }}
        />
      </head>
      <body>
        <LanguageProvider locale={locale} messages={MESSAGES[locale]} timeZone={timeZone}>
          {children}
        </LanguageProvider>
      </body>
    </html>
  );
}
