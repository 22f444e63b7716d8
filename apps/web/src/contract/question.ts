import {
  defaultFactors,
  formatField,
  type Goal,
  goalOf,
  MAIN_METRICS,
  type MetricPart,
  mainMetricOf,
  parseField,
} from '@whorl/core';
import type { BadField } from './bad-field.ts';
import type { Overview } from './comparison.ts';

/** The question of a comparison: which factors, and by which metric. */
export interface Question {
  readonly by: readonly string[];
  readonly metric: string;
  readonly part: MetricPart;
  /** What is better: as the address says, else as is known of the metric; null where neither is the case. */
  readonly goal: Goal | null;
  /** The metric as a field: `metrics.accuracy.max`. */
  readonly field: string;
  /** What the address asks for but these runs do not have. */
  readonly bad: readonly BadField[];
}

/** The question as the address states it; empty where it says nothing. */
export interface AskedFor {
  readonly by: readonly string[];
  readonly metric: string;
  readonly goal?: Goal | '';
}

const MOST_NAMED = 6;

export const metricField = (key: string, part: MetricPart): string => formatField({ kind: 'metric', key, part });

/**
 * The question that an address asks of these runs. Defaults: the first factor, the study's own before others, and the metric
 * that says most about the runs, or else the first one that is not of a single layer.
 */
export function questionOf(asked: AskedFor, { factors, metrics }: Pick<Overview, 'factors' | 'metrics'>): Question {
  const bad: BadField[] = [];
  const paths = factors.map(({ path }) => path);
  const known = asked.by.filter((path) => paths.includes(path));
  const unknown = asked.by.filter((path) => !paths.includes(path));
  if (unknown.length > 0) bad.push({ name: 'by', came: unknown.join(','), expected: oneOf(paths) });
  const by = known.length > 0 ? known : defaultFactors(paths);

  const wanted = asked.metric === '' ? null : metricOf(asked.metric);
  const isThere = wanted !== null && metrics.includes(wanted.key);
  if (asked.metric !== '' && !isThere)
    bad.push({ name: 'metric', came: asked.metric, expected: oneOf(metrics.map((key) => metricField(key, 'last'))) });
  const { key, part } = isThere ? wanted : { key: defaultMetric(metrics), part: 'last' as const };
  return {
    by: [...new Set(by)],
    metric: key,
    part,
    goal: asked.goal || goalOf(key),
    field: metricField(key, part),
    bad,
  };
}

/** The question behind an answer: its factors, and its metric taken apart. */
export function askedBy({ by, metric }: { readonly by: readonly string[]; readonly metric: string }) {
  const { key, part } = metricOf(metric) ?? { key: metric, part: 'last' as const };
  return { by, metric: key, part };
}

function metricOf(text: string): { key: string; part: MetricPart } | null {
  try {
    const field = parseField(text);
    return field.kind === 'metric' ? field : null;
  } catch {
    return null;
  }
}

function defaultMetric(metrics: readonly string[]): string {
  return mainMetricOf(metrics) ?? metrics.find((key) => !/\.\d+$/.test(key)) ?? metrics[0] ?? MAIN_METRICS[0];
}

const oneOf = (names: readonly string[]): string =>
  names.length === 0
    ? 'nothing: there is none'
    : `${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ', …' : ''}`;
