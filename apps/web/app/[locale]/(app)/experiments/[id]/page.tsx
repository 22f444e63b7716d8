import type { Metadata } from 'next';
import { studyQuestion } from '#src/i18n/study-question.ts';
import { allRuns } from '#src/server/all-runs.ts';
import { ownerContext } from '#src/server/context.ts';
import { createCaller } from '#src/server/router.ts';
import { ExperimentView } from '../../../_components/experiment-view.tsx';
import { localeOf, orNotFound } from '../../../_components/page-props.ts';
import { ShareDialog } from './_components/share-dialog.tsx';

interface Props {
  readonly params: Promise<{ locale: string; id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const caller = createCaller(ownerContext());
  const { name } = await orNotFound(caller.experiments.get({ experimentId: id }));
  return { title: name };
}

/** An experiment with its runs. */
export default async function ExperimentPage({ params }: Props) {
  const { id } = await params;
  const readAt = Date.now();
  const caller = createCaller(ownerContext());
  const experiment = await orNotFound(caller.experiments.get({ experimentId: id }));
  const runs = await orNotFound(allRuns(caller, { experimentId: experiment.id }));
  return (
    <ExperimentView
      key={experiment.id}
      experiment={experiment}
      question={studyQuestion(await localeOf(params), experiment.study)}
      runs={runs}
      readAt={readAt}
      actions={<ShareDialog experimentId={experiment.id} />}
    />
  );
}
