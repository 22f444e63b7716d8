import { isPlanar, LIVE_STATUSES, STUDIES } from '@whorl/core';
import type { RunDetail } from '#src/contract/schemas.ts';
import type { createCaller } from './router.ts';

/** Whether a run has a decision boundary or, while it trains, will have one, so that the page can keep its place. */
export async function hasPlane(
  caller: ReturnType<typeof createCaller>,
  { id, config, status }: RunDetail,
): Promise<boolean> {
  if (config && LIVE_STATUSES.includes(status) && isPlanar(config.data.name)) {
    const study = STUDIES.find((item) => item.id === config.study);
    if (study?.kind === 'training' && study.probes.boundary) return true;
  }
  return (await caller.runs.boundary({ runIds: [id] })).frames.length > 0;
}
