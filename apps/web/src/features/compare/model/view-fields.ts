import { checked, choiceField, flagField, listField, textField, type ViewField } from '#src/view/view-state.ts';

/** At most this many selected runs are listed in an address. */
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
  /** The largest difference that does not matter; null where the reader has not said. */
  margin: amountField,
  /** The smallest difference that matters, for the plan of seeds; null where the reader has not said. */
  difference: amountField,
  /** What is better, where the reader says. */
  goal: choiceField(['', 'highest', 'lowest'], ''),
  /** Whether the levels are drawn on a logarithmic axis. */
  log: flagField(),
  /** The two factors of the matrix. */
  matrix: listField([], 2),
  /** Whose layers are shown: a level's name, a run's id, or empty for all levels. */
  inside: textField('', 400),
  layer: textField('', 5),
  /** Whether boundaries of all runs are shown, or of one run for each level. */
  every: flagField(),
  /** The axes of the scatter. (`x` is the axis of curves.) */
  across: textField('', 400),
  up: textField('', 400),
  /** Selected runs. */
  sel: listField([], MOST_IN_ADDRESS),
} as const;
