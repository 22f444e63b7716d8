import type { Goal } from './metric.ts';

/** What the definition of a measure fixes. */
export interface StandardMeasure {
  readonly goal: Goal;
  /** Whether it is a share, between 0 and 1. */
  readonly isShare: boolean;
}

const named = (names: string, goal: Goal, isShare: boolean): [string, StandardMeasure][] =>
  names.split(' ').map((name) => [name, { goal, isShare }]);

/**
 * Measures whose definition says which way is better, by their names in the field. No other metric of another program
 * has a goal: a name that merely contains such a word may mean anything (`lossScale`, `accuracyGap`).
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

/** Prefixes and suffixes that name the part of the data: `val_loss`, `eval/accuracy`. */
const PARTS = new Set('train training trn val valid validation eval evaluation test testing dev'.split(' '));

/** The lower-case words of a key such as `val/cross_entropy` or `F1Score`. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);

/**
 * The standard measure that another program's metric is, by its whole name; null where the field does not define it.
 */
export function standardMeasure(key: string): StandardMeasure | null {
  const words = wordsOf(key);
  return STANDARD.get(words.slice(PARTS.has(words[0] ?? '') ? 1 : 0).join('')) ?? null;
}
