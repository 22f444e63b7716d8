/** Which metrics are drawn at first, in this order. */
const FIRST = ['loss', 'accuracy', 'trainLoss', 'testLoss', 'trainAccuracy', 'testAccuracy'];
const MOST_CHARTS = 6;
const OF_LAYER = /\.\d+$/;

/**
 * The metrics to draw: those asked for, or the batches' loss and accuracy, those of the whole sets and others that make a curve and are not of a single
 * layer. What was measured once, after the training, has its place in tables: a point is no curve. Where nothing makes a
 * curve yet, everything is drawn.
 * @param all every metric that a run has
 * @param curved those of which a run has more than one point
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
