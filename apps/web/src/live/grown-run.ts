import { isLatest, type LatestPoint } from '@whorl/core';
import { unpackColumn } from '#src/contract/columns.ts';
import type { LiveEvent } from '#src/contract/live.ts';
import type { PackedSeries, Run } from '#src/contract/schemas.ts';

/** A run after an event; the same object where nothing changes. */
export function grownRun<R extends Run>(known: R, { runs, series }: Pick<LiveEvent, 'runs' | 'series'>): R {
  const told = runs.find(({ id }) => id === known.id);
  return summarized(
    told ? { ...known, ...told } : known,
    series.filter(({ runId }) => runId === known.id),
  );
}

/** Updates the summaries of a run's metrics by new points, unless the run already includes them. */
function summarized<R extends Run>(run: R, packed: readonly PackedSeries[]): R {
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
  const times = unpackColumn(packed.times);
  let { min, minStep, max, maxStep } = summary;
  let latest: LatestPoint | null =
    summary.count > 0 ? { step: summary.lastStep, time: summary.lastTime, value: summary.last } : null;
  values.forEach((value, i) => {
    const point = { step: steps[i] as number, time: times[i] ?? null, value };
    if (latest === null || isLatest(point, latest)) latest = point;
    if (Number.isNaN(value)) return;
    if (minStep === null || value < min) [min, minStep] = [value, steps[i] as number];
    if (maxStep === null || value > max) [max, maxStep] = [value, steps[i] as number];
  });
  const { step: lastStep, time: lastTime, value: last } = latest ?? { step: 0, time: null, value: Number.NaN };
  return { key: summary.key, count: packed.total, last, lastStep, lastTime, min, minStep, max, maxStep };
}
