import { LONGEST_NAME } from '@whorl/core';

/** What is wrong with a name, as a key of the texts; null where nothing is. */
export function nameFault(name: string): 'empty' | 'tooLong' | null {
  const { length } = name.trim();
  if (length === 0) return 'empty';
  return length > LONGEST_NAME ? 'tooLong' : null;
}
