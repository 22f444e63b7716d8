/** The longest name that an experiment or a run may be given; the store refuses longer ones, too. */
export const LONGEST_NAME = 200;

/** What is wrong with a name, as a key of the texts; null where nothing is. */
export function nameFault(name: string): 'empty' | 'tooLong' | null {
  const { length } = name.trim();
  if (length === 0) return 'empty';
  return length > LONGEST_NAME ? 'tooLong' : null;
}
