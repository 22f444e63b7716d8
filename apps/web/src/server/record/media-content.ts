import { previewCsv, previewJsonTable, previewParquet, type TablePreview } from '@whorl/formats';
import type { ArtifactRecord, Texts } from '@whorl/store';
import { z } from 'zod';
import type { MediaContent } from '#src/contract/media.ts';
import { told } from '../access/guest-view.ts';
import { mediaPlace } from './media-place.ts';

/** Larger files are not read for a page. */
export const MOST_SHOWN_BYTES = 20_000_000;
const LIMITS = { rows: 100, columns: 100, cell: 500 };
const MOST_TEXT = 100_000;
const MOST_BUCKETS = 100_000;

const histogramSchema = z
  .object({ edges: z.array(z.number()).max(MOST_BUCKETS + 1), counts: z.array(z.number()).max(MOST_BUCKETS) })
  .refine(({ edges, counts }) => edges.length === counts.length + 1);

/** What a document or a histogram holds, as the viewer may read it. Nothing of it is HTML. */
export async function mediaContent(texts: Texts, record: ArtifactRecord, data: Uint8Array): Promise<MediaContent> {
  const place = mediaPlace(record);
  if (place?.kind === 'histogram') return histogramContent(data);
  const table = await tableIn(place?.mediaType ?? '', data);
  if (table) return tableContent(texts, table);
  const text = textOf(data);
  if (text === null) return { kind: 'unreadable', why: 'contents' };
  const kind = place?.mediaType === 'text/markdown' ? 'markdown' : 'text';
  return { kind, text: told(text.slice(0, MOST_TEXT), texts), isCut: text.length > MOST_TEXT };
}

async function tableIn(mediaType: string, data: Uint8Array): Promise<TablePreview | null> {
  if (/parquet$/.test(mediaType)) return previewParquet(data, LIMITS);
  const text = textOf(data);
  if (text === null) return null;
  if (mediaType === 'text/csv') return previewCsv(data, LIMITS);
  if (mediaType === 'text/tab-separated-values') return previewCsv(data, LIMITS, '\t');
  return /json$/.test(mediaType) ? previewJsonTable(text, LIMITS) : null;
}

function tableContent(texts: Texts, { columns, rows, total }: TablePreview): MediaContent {
  const cells = (row: readonly string[]) => row.map((cell) => told(cell, texts));
  return { kind: 'table', columns: cells(columns), rows: rows.map(cells), total };
}

function histogramContent(data: Uint8Array): MediaContent {
  try {
    const found = histogramSchema.safeParse(JSON.parse(textOf(data) ?? ''));
    if (found.success) return { kind: 'histogram', ...found.data };
  } catch {
    // no JSON
  }
  return { kind: 'unreadable', why: 'contents' };
}

/** Null of what is no text. */
function textOf(data: Uint8Array): string | null {
  if (data.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return null;
  }
}
