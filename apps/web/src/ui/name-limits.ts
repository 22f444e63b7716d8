import { LONGEST_NAME } from '@whorl/core';

/** What is wrong with a name, as a key of messages; null for a valid name. */
export function nameFault(name: string): 'empty' | 'tooLong' | null {
  const { length } = name.trim();
  if (length === 0) return 'empty';
  return length > LONGEST_NAME ? 'tooLong' : null;
}
