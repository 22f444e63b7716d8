import { BOUNDARY, DATA } from '@whorl/core';
import type { Store } from '@whorl/store';
import { type DataPoints, type Frame, frameSchema, pointsSchema } from '#src/contract/schemas.ts';

/** The runs' boundary frames in order of steps, without those whose description cannot be read. */
export async function listFrames(store: Pick<Store, 'artifacts'>, runIds: readonly string[]): Promise<Frame[]> {
  const lists = await Promise.all(runIds.map((runId) => store.artifacts.list(runId, BOUNDARY.name)));
  return lists.flat().flatMap(({ id, runId, step, meta }) => {
    const frame = frameSchema.safeParse({ ...meta, runId, step, artifactId: id });
    return frame.success ? [frame.data] : [];
  });
}

/** The runs' training points, if they are two-dimensional and recorded. */
export async function listPoints(store: Pick<Store, 'artifacts'>, runIds: readonly string[]): Promise<DataPoints[]> {
  const lists = await Promise.all(runIds.map((runId) => store.artifacts.list(runId, DATA.name)));
  return lists.flat().flatMap(({ id, runId, meta }) => {
    const points = pointsSchema.safeParse({ ...meta, runId, artifactId: id });
    return points.success && meta.features === 2 ? [points.data] : [];
  });
}
