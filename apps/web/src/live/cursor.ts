import { z } from 'zod';

// How far a page has come. It is the id of each live event, so that a reconnecting page goes on where it was, even
// with another process. Only runs that were unfinished are in it, so that it stays short.

const positionSchema = z.object({
  /** The status that the page shows. */
  status: z.string().max(20),
  /** Points that the page has, by metric. */
  points: z.record(z.string().max(200), z.int().min(0)),
  /** The latest boundary frame that the page has. */
  frame: z.int().min(0),
});

export const cursorSchema = z.object({
  /** ms since 1970: what ended before this and is not in `runs` is complete. */
  since: z.number(),
  runs: z.record(z.string().regex(/^[0-9a-z]{1,32}$/), positionSchema),
});

export type Position = z.infer<typeof positionSchema>;
export type Cursor = z.infer<typeof cursorSchema>;

/** A cursor as the id of an event. */
export const writeCursor = (cursor: Cursor): string => JSON.stringify(cursor);

/** The cursor that an event's id says; null for anything else. */
export function readCursor(id: string | null | undefined): Cursor | null {
  if (!id) return null;
  try {
    return cursorSchema.parse(JSON.parse(id));
  } catch {
    return null;
  }
}
