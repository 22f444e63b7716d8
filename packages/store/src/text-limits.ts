import { StoreError } from './errors.ts';

const MOST_CHARACTERS = 500;

/** @throws StoreError `bad-input` for a text that is too short or too long; `what` names it */
export function checkText(what: string, text: string, { least = 0, most = MOST_CHARACTERS } = {}): void {
  if (text.trim().length >= least && text.length <= most) return;
  const allowed = least > 0 ? `${least} to ${most}` : `at most ${most}`;
  throw new StoreError(
    'bad-input',
    `${what}: expected ${allowed} characters, got ${text.trim().length && text.length}`,
  );
}
