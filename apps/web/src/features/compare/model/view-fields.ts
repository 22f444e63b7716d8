import { checked, choiceField, flagField, listField, textField, type ViewField } from '#src/view/view-state.ts';

/** How few selected runs fit into an address. */
export const MOST_IN_ADDRESS = 50;

/** A number above 0, or nothing. */
const amountField: ViewField<number | null> = {
  fallback: null,
  read: (text) => checked(Number(text), Number.isFinite(Number(text)) && Number(text) > 0, 'a number above 0'),
  write: (value) => (value === null ? '' : String(value)),
};

/** The state of a comparison's page, beside what is compared. */
export const COMPARISON_VIEW = {
  by: listField([], 6),
  metric: textField('', 400),
  /** How small a difference is none; null where that is not asked. */
  margin: amountField,
  /** The smallest difference that matters, for which seeds are planned; null where the reader has not said. */
  difference: amountField,
  /** What of the metric is better, where the reader says. */
  goal: choiceField(['', 'highest', 'lowest'], ''),
  /** Whether the levels are drawn on a logarithmic axis. */
  log: flagField(),
  /** The two factors of the matrix. */
  matrix: listField([], 2),
  /** What the layers are shown of: a level's name, a run's id, or each level's runs. */
  inside: textField('', 400),
  layer: textField('', 5),
  /** Whether all runs' boundaries are shown, or one of each level. */
  every: flagField(),
  x: textField('', 400),
  y: textField('', 400),
  /** Selected runs. */
  sel: listField([], MOST_IN_ADDRESS),
} as const;
