import type { ArtifactRecord } from '@whorl/store';
import { z } from 'zod';
import { type MediaGroup, mediaContentSchema, mediaGroupSchema } from '#src/contract/media.ts';
import { idSchema } from '#src/contract/schemas.ts';
import { isKeyTold, textsFor } from '../access/guest-view.ts';
import { router, runsProcedure } from '../access/trpc.ts';
import { MOST_SHOWN_BYTES, mediaContent } from '../record/media-content.ts';
import { mediaPlace } from '../record/media-place.ts';

/** A page shows media of so many runs side by side. */
const MOST_RUNS = 20;
/** A run with more files of this kind has the first ones shown. All are in its list of files. */
const MOST_FILES = 20_000;

type Group = Omit<MediaGroup, 'files'> & { files: MediaGroup['files'] };

function groupsOf(runId: string, records: readonly ArtifactRecord[], isTold: (key: string) => boolean): Group[] {
  const groups = new Map<string, Group>();
  for (const record of records.slice(0, MOST_FILES)) {
    const place = mediaPlace(record);
    if (!place || !isTold(place.key)) continue;
    const { key, kind, mediaType, step } = place;
    const id = JSON.stringify([kind, key]);
    const group = groups.get(id) ?? { runId, key, kind, mediaType, files: [] };
    group.files.push({ id: record.id, step, size: record.size, version: record.sha256.slice(0, 12) });
    groups.set(id, group);
  }
  for (const { files } of groups.values()) files.sort((a, b) => (a.step ?? -1) - (b.step ?? -1) || a.id - b.id);
  return [...groups.values()];
}

export const mediaRouter = router({
  /** The files that programs logged with the runs, by run and key. */
  list: runsProcedure
    .input(z.object({ runIds: z.array(idSchema).max(MOST_RUNS) }))
    .output(z.array(mediaGroupSchema))
    .query(async ({ ctx, input }) => {
      const texts = textsFor(ctx.viewer);
      const found: Group[] = [];
      for (const runId of input.runIds) {
        found.push(...groupsOf(runId, await ctx.store.artifacts.list(runId), (key) => isKeyTold(key, texts)));
      }
      return found;
    }),

  /** What a document or a histogram holds: text, the first rows of a table, or counts. */
  content: runsProcedure
    .input(z.object({ runIds: z.array(idSchema).length(1), id: z.int().min(1), version: z.string().max(64) }))
    .output(mediaContentSchema)
    .query(async ({ ctx: { store, viewer }, input }) => {
      const runId = input.runIds[0] as string;
      const { size } = store.artifacts.get(runId, input.id);
      if (size > MOST_SHOWN_BYTES) return { kind: 'unreadable' as const, why: 'size' as const };
      const { record, data } = await store.artifacts.read(runId, input.id);
      return mediaContent(textsFor(viewer), record, data);
    }),
});
