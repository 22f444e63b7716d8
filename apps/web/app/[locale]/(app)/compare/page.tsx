import { TRPCError } from '@trpc/server';
import { QueryError, type Text } from '@whorl/core';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CompareView } from '#src/features/compare/compare-view.tsx';
import { firstComparison } from '#src/features/compare/model/first-comparison.ts';
import { ShareDialog } from '#src/features/share/share-dialog.tsx';
import { MessagePage } from '#src/features/shell/message-page.tsx';
import { localePath } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';
import { ownerContext } from '#src/server/access/context.ts';
import { createCaller } from '#src/server/router.ts';
import { PageLink } from '#src/ui/page-link.tsx';
import { localeOf, orNotFound } from '../../page-props.ts';
import { whatWasDeleted } from '../what-was-deleted.ts';
import { targetOf } from './target-of.ts';

interface Props {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator(await localeOf(params))('comparison.pageTitle') };
}

/** The answer, or what is wrong with the query of the address: someone may have typed it. */
async function readable<T>(answer: Promise<T>): Promise<T | { readonly problem: Text }> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof QueryError) return { problem: error.cause.said };
    throw error;
  }
}

/** Runs against each other: those of the address, of an experiment, or of a set. */
export default async function ComparePage({ params, searchParams }: Props) {
  const locale = await localeOf(params);
  const t = translator(locale);
  const search = await searchParams;
  const { target, bad } = targetOf(search);
  const missing = (count: number, ids: readonly string[]) =>
    count > 0 && (
      <p role="note" className="mb-4 text-small break-words text-caution">
        {t('comparison.missing', { count, ids: ids.join(', ').slice(0, 300) })}
      </p>
    );
  const notice = missing(bad.length, bad);
  const caller = createCaller(await ownerContext());
  const first = target && (await orNotFound(readable(firstComparison(caller, target, search))));
  if (first && 'problem' in first) return <MessagePage title={t('comparison.badQuery')} body={first.problem[locale]} />;
  if (!target || !first || first.overview.runs === 0) {
    if (await whatWasDeleted()) notFound();
    return (
      <>
        {notice}
        {first && missing(first.overview.missing.count, first.overview.missing.ids)}
        <MessagePage title={t('comparison.pickTitle')} body={t('comparison.pickBody')}>
          <PageLink className="button" href={localePath(locale, '/')}>
            {t('comparison.toExperiments')}
          </PageLink>
        </MessagePage>
      </>
    );
  }
  return (
    <>
      {notice}
      <CompareView
        key={JSON.stringify(target)}
        target={target}
        {...first}
        actions={<ShareDialog of={{ comparison: target }} />}
      />
    </>
  );
}
