/** Whether more of a metric is better. */
export type Goal = 'highest' | 'lowest';

/** The metrics that Whorl records, by what comes before the number of a layer. */
const RECORDED: Readonly<Record<string, Goal>> = {
  loss: 'lowest',
  accuracy: 'highest',
  testLoss: 'lowest',
  testAccuracy: 'highest',
  ece: 'lowest',
  stepsTo90: 'lowest',
  stepsTo95: 'lowest',
  oscillation: 'lowest',
  deadUnits: 'lowest',
  parameters: 'lowest',
  flops: 'lowest',
  optimizerBytes: 'lowest',
};

/** Words of the names that other programs give to what is better where it is low. */
const LOW = new Set(
  (
    'loss error errors err mae mse rmse mape nll perplexity ppl entropy divergence kl ece brier wer cer fid regret gap ' +
    'latency time duration seconds ms memory bytes steps epochs flops parameters cost dead oscillation distance'
  ).split(' '),
);
/** Words that turn the others: steps per second, error free. */
const TURNS = new Set(['per', 'free', 'correct', 'saved', 'reduction']);

/** `trainLoss`, `val/cross_entropy` and `F1Score` as lower-case words. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([\p{Ll}\d])(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);

/**
 * Losses, errors, times and costs are better where they are low: of Whorl's own metrics by what they are, of others by the
 * words of their names.
 */
export function goalOf(metric: string): Goal {
  const own = Object.hasOwn(RECORDED, metric) ? metric : metric.replace(/\.\d+$/, '');
  if (Object.hasOwn(RECORDED, own)) return RECORDED[own] as Goal;
  const words = wordsOf(metric);
  return words.some((word) => LOW.has(word)) && !words.some((word) => TURNS.has(word)) ? 'lowest' : 'highest';
}
