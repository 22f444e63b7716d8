import type { Metadata } from 'next';
import { Playground } from '#src/features/labs/playground.tsx';
import { translator } from '#src/i18n/translator.ts';
import { localeOf } from '../../page-props.ts';

interface Props {
  readonly params: Promise<{ locale: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator(await localeOf(params))('labs.playground.title') };
}

/** A network of the reader's own. */
export default async function PlaygroundPage({ params }: Props) {
  const t = translator(await localeOf(params));
  return (
    <>
      <h1 className="text-display font-semibold">{t('labs.playground.title')}</h1>
      <p className="mt-2 max-w-[42rem] text-muted">{t('labs.playground.intro')}</p>
      <Playground />
    </>
  );
}
