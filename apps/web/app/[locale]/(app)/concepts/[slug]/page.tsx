import 'katex/dist/katex.min.css';
import '#src/ui/generated/formula-fonts.css';
import { getStudy } from '@whorl/core';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ConceptRecordProvider } from '#src/features/concepts/concept-record.tsx';
import { ContinueLink } from '#src/features/concepts/continue-link.tsx';
import { Neighbour } from '#src/features/concepts/neighbour.tsx';
import { LANG, localePath } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';
import { ownerContext } from '#src/server/access/context.ts';
import { createCaller } from '#src/server/router.ts';
import { PageLink } from '#src/ui/page-link.tsx';
import { localeOf } from '../../../page-props.ts';
import { componentsOf } from '../components.tsx';
import { listConcepts } from '../content.ts';

interface Props {
  readonly params: Promise<{ locale: string; slug: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const concept = (await listConcepts(await localeOf(params))).find((item) => item.slug === slug);
  return concept ? { title: concept.title, description: concept.summary } : {};
}

/** One concept, in a column to read. */
export default async function ConceptPage({ params }: Props) {
  const locale = await localeOf(params);
  const { slug } = await params;
  const t = translator(locale);
  const concepts = await listConcepts(locale);
  const at = concepts.findIndex((item) => item.slug === slug);
  const concept = concepts[at];
  if (!concept) notFound();
  const { Content, study } = concept;
  const readAt = Date.now();
  const first = await createCaller(await ownerContext()).concepts.record({ study });
  return (
    <article className="mx-auto max-w-[42rem]">
      <p className="flex gap-4 whitespace-nowrap text-small text-muted">
        <PageLink className="link" href={localePath(locale, '/concepts')}>
          {t('concepts.title')}
        </PageLink>
        <ContinueLink slug={slug} />
      </p>
      <h1 className="mt-1 text-display font-semibold">{concept.title}</h1>
      <p className="mt-2 text-muted">{concept.summary}</p>
      {concept.locale !== locale && <p className="mt-4 text-small text-caution">{t('concepts.onlyEnglish')}</p>}
      <div className="prose mt-8" lang={LANG[concept.locale]}>
        <ConceptRecordProvider study={study} trains={getStudy(study).kind === 'training'} first={first} readAt={readAt}>
          <Content components={componentsOf(concept.references)} />
        </ConceptRecordProvider>
      </div>
      <nav className="mt-16 grid grid-cols-2 gap-8 border-t border-line pt-6" aria-label={t('concepts.title')}>
        <Neighbour
          concept={concepts[at - 1]}
          label={t('concepts.previous')}
          href={(to) => localePath(locale, `/concepts/${to}`)}
        />
        <Neighbour
          concept={concepts[at + 1]}
          label={t('concepts.next')}
          href={(to) => localePath(locale, `/concepts/${to}`)}
          end
        />
      </nav>
    </article>
  );
}
