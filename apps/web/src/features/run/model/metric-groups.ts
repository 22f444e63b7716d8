import { numberFormat } from '@whorl/core';
import type { Run } from '#src/contract/schemas.ts';

type Metric = Run['metrics'][number];

/** A single metric, or one measure of several layers. */
export type MetricGroup =
  | { readonly kind: 'metric'; readonly metric: Metric }
  | { readonly kind: 'layers'; readonly measure: string; readonly metrics: readonly Metric[] };

/** With fewer layers than this they are not folded. */
const LEAST_FOLDED = 3;
const OF_LAYER = /^(.+)\.(\d+)$/;

/** Groups a run's metrics for its table: first those of the whole network, then each measure of layers as one group. */
export function groupMetrics(metrics: readonly Metric[]): MetricGroup[] {
  const whole: Metric[] = [];
  const layers = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const measure = OF_LAYER.exec(metric.key)?.[1];
    if (measure === undefined) whole.push(metric);
    else layers.set(measure, [...(layers.get(measure) ?? []), metric]);
  }
  const groups = [...layers].map(([measure, found]): MetricGroup[] => {
    const sorted = found.sort((a, b) => layerOf(a) - layerOf(b));
    return sorted.length < LEAST_FOLDED
      ? sorted.map((metric) => ({ kind: 'metric', metric }))
      : [{ kind: 'layers', measure, metrics: sorted }];
  });
  return [...whole.map((metric): MetricGroup => ({ kind: 'metric', metric })), ...groups.flat()];
}

const layerOf = ({ key }: Metric): number => Number(OF_LAYER.exec(key)?.[2] ?? 0);

/** A metric with its numbers as text. */
export interface Formatted {
  readonly metric: Metric;
  readonly texts: { readonly last: string; readonly min: string; readonly max: string };
}

/** Formats metrics. The layers of a measure share the same decimals. */
export function formatMetrics(groups: readonly MetricGroup[]): Formatted[] {
  return groups.flatMap((group) => {
    const metrics = group.kind === 'metric' ? [group.metric] : group.metrics;
    const write = numberFormat(metrics.flatMap(({ last, min, max }) => [last, min, max]));
    return metrics.map((metric) => ({
      metric,
      texts: { last: write(metric.last), min: write(metric.min), max: write(metric.max) },
    }));
  });
}
