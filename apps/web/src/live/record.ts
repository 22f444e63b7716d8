import type { DataPoints, Frame, PackedSeries, Run } from '#src/server/schemas.ts';
import type { Cursor } from './cursor.ts';
import { extendSeries, type Series, seriesKey } from './series.ts';

/** What a page knows of the runs that it shows. */
export interface PageRecord {
  readonly runs: readonly Run[];
  readonly series: ReadonlyMap<string, Series>;
  readonly frames: readonly Frame[];
  readonly points: readonly DataPoints[];
}

export interface News {
  readonly runs?: readonly Run[];
  readonly series?: readonly PackedSeries[];
  readonly frames?: readonly Frame[];
  readonly points?: readonly DataPoints[];
}

/** The record with the news in it. The same news twice change nothing. */
export function withNews(record: PageRecord, news: News): PageRecord {
  const series = new Map(record.series);
  for (const packed of news.series ?? []) {
    const key = seriesKey(packed.runId, packed.key);
    series.set(key, extendSeries(series.get(key), packed));
  }
  return {
    runs: mergeRuns(record.runs, news.runs ?? []),
    series,
    frames: merge(record.frames, news.frames ?? []).sort((a, b) => a.step - b.step),
    points: merge(record.points, news.points ?? []),
  };
}

/** Runs stay where they are; new ones go by their age, newest first. */
function mergeRuns(known: readonly Run[], news: readonly Run[]): Run[] {
  const byId = new Map(news.map((run) => [run.id, run]));
  const kept = known.map((run) => byId.get(run.id) ?? run);
  const added = news.filter((run) => !known.some((item) => item.id === run.id));
  if (added.length === 0) return kept;
  return [...kept, ...added].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

function merge<T extends { readonly artifactId: number }>(known: readonly T[], news: readonly T[]): T[] {
  const ids = new Set(known.map(({ artifactId }) => artifactId));
  return [...known, ...news.filter(({ artifactId }) => !ids.has(artifactId))];
}

/** How far the page has come, to follow from there: `since` is when it read. */
export function cursorOf(record: PageRecord, keys: readonly string[], since: number): Cursor {
  const unfinished = record.runs.filter((run) => run.status === 'queued' || run.status === 'running');
  return {
    since,
    runs: Object.fromEntries(
      unfinished.map((run) => [
        run.id,
        {
          status: run.status,
          points: Object.fromEntries(keys.map((key) => [key, record.series.get(seriesKey(run.id, key))?.next ?? 0])),
          frame: record.frames.reduce(
            (most, item) => (item.runId === run.id ? Math.max(most, item.artifactId) : most),
            0,
          ),
        },
      ]),
    ),
  };
}
