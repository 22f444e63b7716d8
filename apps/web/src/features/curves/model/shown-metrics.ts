import type { Outline } from '#src/contract/curves.ts';

/** The metrics that are drawn first, in this order. */
const FIRST = ['loss', 'accuracy', 'trainLoss', 'testLoss', 'trainAccuracy', 'testAccuracy'];
const MOST_CHARTS = 6;
const OF_LAYER = /\.\d+$/;

/** Whether a metric is of a single layer. */
export const isOfLayer = (key: string): boolean => OF_LAYER.test(key);

/** The metrics that form a curve; where none does yet, all of them. */
export function drawableMetrics({ metrics, once }: Pick<Outline, 'metrics' | 'once'>): readonly string[] {
  const single = new Set(once);
  const curved = metrics.filter((key) => !single.has(key));
  return curved.length > 0 ? curved : metrics;
}

/**
 * The metrics to draw: the requested ones; else loss and accuracy of batches and whole sets, and others that form a curve
 * and are not of a single layer. Metrics that were measured once, after training, are in tables instead. Where nothing forms
 * a curve yet, everything is drawn.
 * @param all all metrics that some run has
 * @param once those of which no run has more than one point
 */
export function shownMetrics(
  { metrics: all, once }: Pick<Outline, 'metrics' | 'once'>,
  asked: readonly string[],
): readonly string[] {
  if (asked.length > 0) return asked;
  const drawable = drawableMetrics({ metrics: all, once });
  const first = FIRST.filter((key) => drawable.includes(key));
  const whole = drawable.filter((key) => !first.includes(key) && !isOfLayer(key));
  const chosen = [...first, ...whole];
  return (chosen.length > 0 ? chosen : drawable).slice(0, MOST_CHARTS);
}
