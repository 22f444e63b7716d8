import type { Metadata } from 'next';
import { z } from 'zod';
import { PageLink } from '#src/components/ui/page-link.tsx';
import { localePath } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';
import { ownerContext } from '#src/server/context.ts';
import { createCaller } from '#src/server/router.ts';
import { idSchema } from '#src/server/schemas.ts';
import { localeOf, orNotFound } from '../_components/page-props.ts';
import { ExperimentList } from './_components/experiment-list.tsx';
import { NoExperiments } from './_components/no-experiments.tsx';

interface Props {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator(await localeOf(params))('experiments.title') };
}

const querySchema = z.object({ after: idSchema.optional().catch(undefined) });

/** The experiments, the one with the latest activity first. */
export default async function ExperimentsPage({ params, searchParams }: Props) {
  const locale = await localeOf(params);
  const t = translator(locale);
  const { after } = querySchema.parse(await searchParams);
  const caller = createCaller(ownerContext());
  const { items, nextCursor } = await orNotFound(caller.experiments.list({ cursor: after ?? null }));
  if (items.length === 0 && after === undefined) return <NoExperiments />;
  return (
    <>
      <h1 className="text-display font-semibold">{t('experiments.title')}</h1>
      <ExperimentList experiments={items} />
      <p className="mt-6 flex gap-4">
        {after !== undefined && (
          <PageLink className="button" href={localePath(locale, '/')}>
            {t('experiments.newest')}
          </PageLink>
        )}
        {nextCursor !== null && (
          <PageLink className="button" href={`${localePath(locale, '/')}?after=${nextCursor}`}>
            {t('experiments.older')}
          </PageLink>
        )}
      </p>
    </>
  );
}
