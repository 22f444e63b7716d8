import { STUDIES } from '@whorl/core';
import type { Metadata } from 'next';
import { ExperimentsView } from '#src/features/experiments/experiments-view.tsx';
import { MlflowLinks } from '#src/features/experiments/mlflow-links.tsx';
import { EXPERIMENTS_PAGE, EXPERIMENTS_VIEW } from '#src/features/experiments/model/experiments-fields.ts';
import { translator } from '#src/i18n/translator.ts';
import { ownerContext } from '#src/server/access/context.ts';
import { createCaller } from '#src/server/router.ts';
import { readView } from '#src/view/view-state.ts';
import { localeOf, orNotFound } from '../page-props.ts';

interface Props {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator(await localeOf(params))('experiments.title') };
}

/** The experiments, the one with the latest activity first. */
export default async function ExperimentsPage({ params, searchParams }: Props) {
  const locale = await localeOf(params);
  const search = await searchParams;
  const { view } = readView(EXPERIMENTS_VIEW, { get: (name) => [search[name]].flat()[0] ?? null });
  const readAt = Date.now();
  const caller = createCaller(await ownerContext());
  const first = await orNotFound(caller.experiments.list({ ...view, limit: EXPERIMENTS_PAGE }));
  const studies = STUDIES.filter(({ kind }) => kind === 'training').map(({ id, question }) => ({
    id,
    question: question[locale],
  }));
  return (
    <>
      <MlflowLinks />
      <ExperimentsView first={first} readAt={readAt} studies={studies} />
    </>
  );
}
