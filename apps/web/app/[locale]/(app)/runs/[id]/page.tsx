import { factorsOf } from '@whorl/core';
import type { Metadata } from 'next';
import { cache } from 'react';
import { RunView } from '#src/features/run/run-view.tsx';
import { ShareDialog } from '#src/features/share/share-dialog.tsx';
import { ownerContext } from '#src/server/access/context.ts';
import { hasPlane } from '#src/server/has-plane.ts';
import { studyDefaults } from '#src/server/record/study-defaults.ts';
import { createCaller } from '#src/server/router.ts';
import { orNotFound } from '../../../page-props.ts';

interface Props {
  readonly params: Promise<{ locale: string; id: string }>;
}

/** Read once for the title and the page. */
const readRun = cache(async (id: string) => {
  const caller = createCaller(await ownerContext());
  return { caller, detail: await orNotFound(caller.runs.get({ runIds: [id] })) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { detail } = await readRun((await params).id);
  return { title: detail.name };
}

/** One run. */
export default async function RunPage({ params }: Props) {
  const { id } = await params;
  const readAt = Date.now();
  const { caller, detail } = await readRun(id);
  const experiment = await orNotFound(caller.experiments.get({ experimentId: detail.experimentId }));
  return (
    <RunView
      key={detail.id}
      detail={detail}
      experimentName={experiment.name}
      readAt={readAt}
      outline={await caller.curves.outline({ target: { runIds: [detail.id] }, by: null })}
      planar={await hasPlane(caller, detail)}
      defaults={studyDefaults(detail.study)}
      ofStudy={factorsOf(detail.study)}
      actions={<ShareDialog of={{ runId: detail.id }} />}
    />
  );
}
