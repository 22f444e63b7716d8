import { factorsOf } from '@whorl/core';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CompareView } from '#src/features/compare/compare-view.tsx';
import { firstComparison } from '#src/features/compare/model/first-comparison.ts';
import { ExperimentView } from '#src/features/experiments/experiment-view.tsx';
import { RunView } from '#src/features/run/run-view.tsx';
import { firstPaint } from '#src/features/runs-table/model/first-paint.ts';
import { studyOutline } from '#src/i18n/study-outline.ts';
import { shareContext } from '#src/server/access/context.ts';
import { hasPlane } from '#src/server/has-plane.ts';
import { studyDefaults } from '#src/server/record/study-defaults.ts';
import { createCaller } from '#src/server/router.ts';
import { localeOf, orNotFound } from '../../page-props.ts';

export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: 'no-referrer' };

interface Props {
  readonly params: Promise<{ locale: string; token: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What a link shows: an experiment, a run or a comparison. */
export default async function SharePage({ params, searchParams }: Props) {
  const { token } = await params;
  const readAt = Date.now();
  const context = await shareContext(token);
  if (context?.viewer.kind !== 'share') notFound();
  const { share } = context.viewer;
  const caller = createCaller(context);
  if (share.kind === 'experiment') {
    const { experimentId } = share;
    const experiment = await orNotFound(caller.experiments.get({ experimentId }));
    const first = await firstPaint(caller, experiment, await searchParams);
    const outline = studyOutline(await localeOf(params), experiment.study);
    return <ExperimentView experiment={experiment} outline={outline} first={first} readAt={readAt} />;
  }
  const [first] = share.runIds;
  if (share.kind === 'run' && first !== undefined) {
    const detail = await orNotFound(caller.runs.get({ runIds: [first] }));
    return (
      <RunView
        detail={detail}
        experimentName={null}
        readAt={readAt}
        outline={await caller.curves.outline({ target: { runIds: [detail.id] }, by: null })}
        planar={await hasPlane(caller, detail)}
        defaults={studyDefaults(detail.study)}
        ofStudy={factorsOf(detail.study)}
      />
    );
  }
  const target = { runSet: context.store.runSets.idOf(share.runIds) };
  return <CompareView target={target} {...(await orNotFound(firstComparison(caller, target, await searchParams)))} />;
}
