import { factorsOf } from '@whorl/core';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RunView } from '#src/features/run/run-view.tsx';
import { shareContext } from '#src/server/access/context.ts';
import { hasPlane } from '#src/server/has-plane.ts';
import { studyDefaults } from '#src/server/record/study-defaults.ts';
import { createCaller } from '#src/server/router.ts';
import { orNotFound } from '../../../../page-props.ts';

export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: 'no-referrer' };

interface Props {
  readonly params: Promise<{ locale: string; token: string; id: string }>;
}

/** One run of a share. */
export default async function SharedRunPage({ params }: Props) {
  const { token, id } = await params;
  const readAt = Date.now();
  const context = await shareContext(token);
  if (context?.viewer.kind !== 'share') notFound();
  const caller = createCaller(context);
  const detail = await orNotFound(caller.runs.get({ runIds: [id] }));
  const shared = context.viewer.share.kind === 'experiment';
  const experiment = shared ? await orNotFound(caller.experiments.get({ experimentId: detail.experimentId })) : null;
  return (
    <RunView
      key={detail.id}
      detail={detail}
      experimentName={experiment?.name ?? null}
      readAt={readAt}
      outline={await caller.curves.outline({ target: { runIds: [detail.id] }, by: null })}
      planar={await hasPlane(caller, detail)}
      defaults={studyDefaults(detail.study)}
      ofStudy={factorsOf(detail.study)}
    />
  );
}
