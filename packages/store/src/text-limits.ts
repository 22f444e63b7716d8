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
 * Refuses the key that objects silently lose on assignment, here and in programs that read what Whorl exports.
 * @throws StoreError `bad-input`; `what` names the key's owner
 */
export function checkKey(what: string, key: string): void {
  if (key === '__proto__') throw new StoreError('bad-input', `${what}: nothing can be called __proto__`);
}
