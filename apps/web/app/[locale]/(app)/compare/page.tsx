import type { Metadata } from 'next';
import { PageLink } from '#src/components/ui/page-link.tsx';
import { localePath } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';
import { ownerContext } from '#src/server/context.ts';
import { createCaller } from '#src/server/router.ts';
import { idSchema } from '#src/server/schemas.ts';
import { CompareView } from '../../_components/compare-view.tsx';
import { MessagePage } from '../../_components/message-page.tsx';
import { localeOf, orNotFound } from '../../_components/page-props.ts';

interface Props {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const MOST_RUNS = 20;

/** The run ids of the address: `?runs=a,b,c`. What cannot be an id is kept apart, to be named. */
function idsOf(value: string | string[] | undefined): { ids: string[]; bad: string[] } {
  const parts = [value ?? []]
    .flat()
    .flatMap((text) => text.split(','))
    .map((text) => text.trim());
  const given = [...new Set(parts)].filter((text) => text !== '').slice(0, MOST_RUNS);
  const isId = (text: string) => idSchema.safeParse(text).success;
  return { ids: given.filter(isId), bad: given.filter((text) => !isId(text)) };
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { ids } = idsOf((await searchParams).runs);
  return { title: translator(await localeOf(params))('compare.title', { count: ids.length }) };
}

/** Runs against each other. */
export default async function ComparePage({ params, searchParams }: Props) {
  const locale = await localeOf(params);
  const t = translator(locale);
  const { ids, bad } = idsOf((await searchParams).runs);
  const readAt = Date.now();
  const caller = createCaller(ownerContext());
  const runs = ids.length > 0 ? await orNotFound(caller.runs.getMany({ runIds: ids })) : [];
  const missing = [...bad, ...ids.filter((id) => !runs.some((run) => run.id === id))];
  const notice = missing.length > 0 && (
    <p role="note" className="mb-4 text-small text-caution">
      {t('compare.missing', { count: missing.length, ids: missing.join(', ').slice(0, 300) })}
    </p>
  );
  if (runs.length < 2) {
    return (
      <>
        {notice}
        <MessagePage title={t('compare.pickTitle')} body={t('compare.pickBody')}>
          <PageLink className="button" href={localePath(locale, '/')}>
            {t('compare.toExperiments')}
          </PageLink>
        </MessagePage>
      </>
    );
  }
  return (
    <>
      {notice}
      <CompareView key={ids.join()} runs={runs} readAt={readAt} />
    </>
  );
}
