import { unpackColumn } from '#src/contract/columns.ts';
import type { PackedCurve } from '#src/contract/curves.ts';
import type { DataPoints, Frame, PackedSeries, Run } from '#src/contract/schemas.ts';
import { extendSeries, readSeries, type Series, seriesKey } from './series.ts';

/** What a page knows of the runs that it shows. */
export interface PageRecord {
  readonly runs: readonly Run[];
  /** The metrics that the page keeps as they grow. */
  readonly series: ReadonlyMap<string, Series>;
  readonly frames: readonly Frame[];
  readonly points: readonly DataPoints[];
}

/** What arrived: by an event, or because the page asked. */
export interface News {
  readonly runs?: readonly Run[];
  readonly series?: readonly PackedSeries[];
  readonly read?: readonly { readonly key: string; readonly curves: readonly PackedCurve[] }[];
  readonly frames?: readonly Frame[];
  readonly points?: readonly DataPoints[];
}

/** The record with the news in it. The same news twice change nothing. `keys` are the metrics that it keeps. */
export function withNews(record: PageRecord, news: News, keys: readonly string[]): PageRecord {
  const packed = news.series ?? [];
  return {
    runs: mergeRuns(record.runs, news.runs ?? [], packed),
    series: withSeries(record.series, news, keys),
    frames: merge(record.frames, news.frames ?? []).sort((a, b) => a.step - b.step),
    points: merge(record.points, news.points ?? []),
  };
}

function withSeries(
  known: PageRecord['series'],
  { series: packed = [], read = [] }: News,
  keys: readonly string[],
): PageRecord['series'] {
  const kept = packed.filter(({ key }) => keys.includes(key));
  if (kept.length + read.length === 0) return known;
  const series = new Map(known);
  for (const { key, curves } of read) {
    for (const curve of curves) {
      const id = seriesKey(curve.runId, key);
      // Points that were recorded since may have come first; they are not taken back.
      if (curve.next >= (series.get(id)?.next ?? 0)) series.set(id, readSeries(curve));
    }
  }
  for (const item of kept) {
    const id = seriesKey(item.runId, item.key);
    const extended = extendSeries(series.get(id), item);
    if (extended) series.set(id, extended);
  }
  return series;
}

/** Of the metrics that the page keeps, the runs whose points between what it has and what came are missing. */
export function behind(record: PageRecord, news: News, keys: readonly string[]): string[] {
  const next = (runId: string, key: string) => record.series.get(seriesKey(runId, key))?.next ?? 0;
  const gaps = (news.series ?? []).filter(({ runId, key, offset }) => keys.includes(key) && offset > next(runId, key));
  return [...new Set(gaps.map(({ runId }) => runId))];
}

/** Runs stay where they are; new ones go by their age, newest first. */
function mergeRuns(known: readonly Run[], news: readonly Run[], packed: readonly PackedSeries[]): readonly Run[] {
  if (news.length + packed.length === 0) return known;
  const byId = new Map(news.map((run) => [run.id, run]));
  const grown = new Map<string, PackedSeries[]>();
  for (const item of packed) grown.set(item.runId, [...(grown.get(item.runId) ?? []), item]);
  const kept = known.map((run) => summarized(byId.get(run.id) ?? run, grown.get(run.id) ?? []));
  const ids = new Set(known.map(({ id }) => id));
  const added = news.filter((run) => !ids.has(run.id));
  if (added.length === 0) return kept;
  return [...kept, ...added].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/** The run with its summaries as they are after these points; a run whose summaries have them stays as it is. */
function summarized(run: Run, packed: readonly PackedSeries[]): Run {
  const news = packed.filter(({ key, total }) => run.metrics.some((item) => item.key === key && item.count < total));
  if (news.length === 0) return run;
  const metrics = run.metrics.map((summary) => {
    const item = news.find(({ key }) => key === summary.key);
    return item ? extended(summary, item) : summary;
  });
  return { ...run, metrics };
}

function extended(summary: Run['metrics'][number], packed: PackedSeries): Run['metrics'][number] {
  const steps = unpackColumn(packed.steps);
  const values = unpackColumn(packed.values);
  let { min, minStep, max, maxStep } = summary;
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    if (minStep === null || value < min) [min, minStep] = [value, steps[i] as number];
    if (maxStep === null || value > max) [max, maxStep] = [value, steps[i] as number];
  });
  const [last = summary.last, lastStep = summary.lastStep] = [values.at(-1), steps.at(-1)];
  return { key: summary.key, count: packed.total, last, lastStep, min, minStep, max, maxStep };
}

function merge<T extends { readonly artifactId: number }>(known: readonly T[], news: readonly T[]): T[] {
  const ids = new Set(known.map(({ artifactId }) => artifactId));
  return [...known, ...news.filter(({ artifactId }) => !ids.has(artifactId))];
}
