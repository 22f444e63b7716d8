import { isPlanar } from '@whorl/core';
import type { createCaller } from './router.ts';
import type { RunDetail } from './schemas.ts';

/** Whether a run's data lie in a plane, so that its decision boundary can be shown: a file's do where one was recorded. */
export async function hasPlane(caller: ReturnType<typeof createCaller>, { id, config }: RunDetail): Promise<boolean> {
  if (isPlanar(config.data.name)) return true;
  return (await caller.runs.boundary({ runIds: [id] })).frames.length > 0;
}
