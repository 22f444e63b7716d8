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

/**
 * The one key that objects made by assignment lose without a word, here and in what reads what leaves here.
 * @throws StoreError `bad-input`; `what` names what has it
 */
export function checkKey(what: string, key: string): void {
  if (key === '__proto__') throw new StoreError('bad-input', `${what}: nothing can be called __proto__`);
}
