import type { Metadata } from 'next';
import { ownerContext } from '#src/server/context.ts';
import { hasPlane } from '#src/server/has-plane.ts';
import { createCaller } from '#src/server/router.ts';
import { studyDefaults } from '#src/server/study-defaults.ts';
import { orNotFound } from '../../../_components/page-props.ts';
import { RunView } from '../../../_components/run-view.tsx';
import { ShareDialog } from '../../_components/share-dialog.tsx';

interface Props {
  readonly params: Promise<{ locale: string; id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const caller = createCaller(await ownerContext());
  const { name } = await orNotFound(caller.runs.get({ runIds: [id] }));
  return { title: name };
}

/** One run. */
export default async function RunPage({ params }: Props) {
  const { id } = await params;
  const readAt = Date.now();
  const caller = createCaller(await ownerContext());
  const detail = await orNotFound(caller.runs.get({ runIds: [id] }));
  const experiment = await orNotFound(caller.experiments.get({ experimentId: detail.experimentId }));
  return (
    <RunView
      key={detail.id}
      detail={detail}
      experimentName={experiment.name}
      readAt={readAt}
      planar={await hasPlane(caller, detail)}
      defaults={studyDefaults(detail.study)}
      actions={<ShareDialog of={{ runId: detail.id }} />}
    />
  );
}
