import { z } from 'zod';
import { idSchema } from './schemas.ts';

// Files that a program logged with its run, as pages show them.

/** An image is shown in the gallery, a histogram as bars, a document on demand; anything else can only be downloaded. */
export const MEDIA_KINDS = ['image', 'histogram', 'document', 'file'] as const;

/** One file: the id under which its bytes are, the step at which it was logged (null for the whole run), and its size. */
export const mediaFileSchema = z.object({
  id: z.int(),
  step: z.number().nullable(),
  size: z.int(),
  /** A word that is another one for other contents, because a file may be logged again under its name. */
  version: z.string(),
});
export type MediaFile = z.infer<typeof mediaFileSchema>;

/** Files with the same key, in order of steps. */
export const mediaGroupSchema = z.object({
  runId: idSchema,
  key: z.string(),
  kind: z.enum(MEDIA_KINDS),
  mediaType: z.string(),
  files: z.array(mediaFileSchema),
});
export type MediaGroup = z.infer<typeof mediaGroupSchema>;

/** What a document holds. */
export const mediaContentSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('table'),
    columns: z.array(z.string()).readonly(),
    rows: z.array(z.array(z.string()).readonly()).readonly(),
    /** How many rows there are; null where only the beginning was read. */
    total: z.int().nullable(),
  }),
  z.object({ kind: z.enum(['text', 'markdown']), text: z.string(), isCut: z.boolean() }),
  z.object({ kind: z.literal('histogram'), edges: z.array(z.number()), counts: z.array(z.number()) }),
  /** It is too large to be shown, or not what its name says. */
  z.object({ kind: z.literal('unreadable'), why: z.enum(['size', 'contents']) }),
]);
export type MediaContent = z.infer<typeof mediaContentSchema>;
