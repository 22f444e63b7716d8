import { flagField, textField } from '#src/view/view-state.ts';

/** How many experiments are read at a time. */
export const EXPERIMENTS_PAGE = 50;

/** What the address of the list of experiments says. */
export const EXPERIMENTS_VIEW = { text: textField('', 200), archived: flagField() };
