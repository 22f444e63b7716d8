/** Horizontal axes: steps, passes over the data, seconds since the run began, and the moment in seconds since 1970. */
export const AXES = ['step', 'epoch', 'time', 'clock'] as const;
/** An axis of another metric is `by:` and its key. */
export type Axis = (typeof AXES)[number] | `by:${string}`;

const BY = 'by:';
const LONGEST_KEY = 200;

/** The metric that an axis shows; null for any other axis. */
export const metricOfAxis = (axis: Axis): string | null => (axis.startsWith(BY) ? axis.slice(BY.length) : null);

/** The axis that shows a metric. */
export const axisOfMetric = (key: string): Axis => `${BY}${key}`;

/** Whether places on the axis come from the times at which points were recorded. */
export const isTimed = (axis: Axis): boolean => axis === 'time' || axis === 'clock';

/** Whether a text is an axis. */
export const isAxis = (text: string): text is Axis =>
  (AXES as readonly string[]).includes(text) ||
  (text.startsWith(BY) && text.length > BY.length && text.length <= BY.length + LONGEST_KEY);

/** The range in view, in the axis's unit. */
export type ViewRange = readonly [from: number, to: number];

const FARTHEST = 1e15;
const NARROWEST = 1e-6;

/** Whether a chart can show the range. Beyond these limits neighbouring points are the same number. */
export const isViewRange = ([from, to]: ViewRange): boolean =>
  Math.abs(from) <= FARTHEST && Math.abs(to) <= FARTHEST && to - from >= NARROWEST;

/** The range as text, with no more digits than can be seen. */
export function writeRange([from, to]: ViewRange): string {
  const decimals = Math.min(15, Math.max(0, 4 - Math.floor(Math.log10(to - from))));
  return [from, to].map((end) => String(Number(end.toFixed(decimals)))).join('~');
}
