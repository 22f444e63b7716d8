import type { Goal } from './metric.ts';

/** What the definition of a measure says of it. */
export interface StandardMeasure {
  readonly goal: Goal;
  /** Whether it is a share, between 0 and 1. */
  readonly isShare: boolean;
}

const named = (names: string, goal: Goal, isShare: boolean): [string, StandardMeasure][] =>
  names.split(' ').map((name) => [name, { goal, isShare }]);

/**
 * Measures whose definition says what is better, by the names that the field gives them. Nothing else of another program
 * has a goal: a name that only contains such a word may be anything (`lossScale`, `accuracyGap`).
 */
const STANDARD: ReadonlyMap<string, StandardMeasure> = new Map([
  ...named('loss error crossentropy nll logloss perplexity ppl mae mse rmse mape wer cer fid', 'lowest', false),
  ...named('errorrate brier brierscore ece', 'lowest', true),
  ...named('r2 bleu', 'highest', false),
  ...named(
    'accuracy acc top1accuracy top5accuracy balancedaccuracy f1 f1score auc auroc rocauc precision recall iou miou dice',
    'highest',
    true,
  ),
]);

/** Which part of the data it is of: `val_loss`, `eval/accuracy`. */
const PARTS = new Set('train training trn val valid validation eval evaluation test testing dev'.split(' '));

/** `val/cross_entropy` and `F1Score` as lower-case words. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);

/** What is known of another program's metric, by its whole name; null where the field does not define it. */
export function standardMeasure(key: string): StandardMeasure | null {
  const words = wordsOf(key);
  return STANDARD.get(words.slice(PARTS.has(words[0] ?? '') ? 1 : 0).join('')) ?? null;
}
