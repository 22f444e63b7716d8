import type { Metadata } from 'next';
import { ReadMark } from '#src/features/concepts/read-mark.tsx';
import { CourseReport } from '#src/features/report/course-report.tsx';
import { localePath } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';
import { PageLink } from '#src/ui/page-link.tsx';
import { localeOf } from '../../page-props.ts';
import { listConcepts } from './content.ts';

interface Props {
  readonly params: Promise<{ locale: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator(await localeOf(params))('concepts.title') };
}

/** The concept pages, in the order in which to read them. */
export default async function ConceptsPage({ params }: Props) {
  const locale = await localeOf(params);
  const t = translator(locale);
  const concepts = await listConcepts(locale);
  return (
    <div className="max-w-[42rem]">
      <h1 className="text-display font-semibold">{t('concepts.title')}</h1>
      <p className="mt-2 text-muted">{concepts.length > 0 ? t('concepts.intro') : t('concepts.empty')}</p>
      <ol className="mt-8">
        {concepts.map(({ slug, title, summary }, i) => (
          <li key={slug} className="flex gap-4 border-t border-line py-4 last:border-b">
            <span className="w-6 shrink-0 text-end text-muted">{i + 1}</span>
            <div className="grow">
              <div className="flex items-baseline justify-between gap-4">
                <PageLink href={localePath(locale, `/concepts/${slug}`)} className="link text-title font-medium">
                  {title}
                </PageLink>
                <ReadMark slug={slug} />
              </div>
              <p className="mt-1 text-muted">{summary}</p>
            </div>
          </li>
        ))}
      </ol>
      <CourseReport locale={locale} />
    </div>
  );
}
