import type { Goal } from './metric.ts';
import { metricOf } from './registry.ts';

/**
 * Measures whose definition says what is better, by the names that the field gives them. Nothing else of another program
 * has a goal: a name that only contains such a word may be anything (`lossScale`, `accuracyGap`).
 */
const STANDARD: Readonly<Record<Goal, ReadonlySet<string>>> = {
  lowest: new Set(
    'loss error errorrate crossentropy nll logloss perplexity ppl mae mse rmse mape brier brierscore ece wer cer fid'.split(
      ' ',
    ),
  ),
  highest: new Set(
    'accuracy acc top1accuracy top5accuracy balancedaccuracy f1 f1score auc auroc rocauc precision recall r2 bleu iou miou dice'.split(
      ' ',
    ),
  ),
};

/** Which part of the data it is of: `val_loss`, `eval/accuracy`. */
const PARTS = new Set('train training trn val valid validation eval evaluation test testing dev'.split(' '));

/** `val/cross_entropy` and `F1Score` as lower-case words. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);

/**
 * What is better of a metric; null where nobody says: then a comparison says what is higher and what lower, and the reader
 * sets the goal. A metric that Whorl records has the goal of the registry, another one only by its whole name.
 */
export function goalOf(key: string): Goal | null {
  const known = metricOf(key);
  if (known) return known.metric.goal;
  const words = wordsOf(key);
  const name = words.slice(PARTS.has(words[0] ?? '') ? 1 : 0).join('');
  return (['lowest', 'highest'] as const).find((goal) => STANDARD[goal].has(name)) ?? null;
}
