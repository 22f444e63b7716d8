/** The metrics that are drawn first, in this order. */
const FIRST = ['loss', 'accuracy', 'trainLoss', 'testLoss', 'trainAccuracy', 'testAccuracy'];
const MOST_CHARTS = 6;
const OF_LAYER = /\.\d+$/;

/**
 * The metrics to draw: the requested ones; else loss and accuracy of batches and whole sets, and others that form a curve
 * and are not of a single layer. Metrics that were measured once, after training, are in tables instead. Where nothing forms
 * a curve yet, everything is drawn.
 * @param all all metrics that some run has
 * @param curved those of which some run has more than one point
 */
export function shownMetrics(
  { metrics: all, curved }: { readonly metrics: readonly string[]; readonly curved: readonly string[] },
  asked: readonly string[],
): readonly string[] {
  if (asked.length > 0) return asked;
  const drawable = curved.length > 0 ? curved : all;
  const first = FIRST.filter((key) => drawable.includes(key));
  const whole = drawable.filter((key) => !first.includes(key) && !OF_LAYER.test(key));
  const chosen = [...first, ...whole];
  return (chosen.length > 0 ? chosen : drawable).slice(0, MOST_CHARTS);
}
