import type { DataOutline } from '@whorl/core';

/** More classes or features than this are counted, and not named. */
const MOST_NAMED = 12;

const listed = (names: readonly string[]): string =>
  names.length <= MOST_NAMED
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`;

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What the data of a run are, as one sentence: rows, features, and the rows of each class. */
export function outlineSentence({ train, test, features, label, classes }: DataOutline): string {
  const rows = `${counted(train + test, 'row', 'rows')} (${train} to train on, ${test} to test)`;
  const sizes = classes.map((one) => `${one.name} ${one.train + one.test}`);
  return `${rows}, ${counted(features.length, 'feature', 'features')} (${listed(features)}), ${classes.length} classes in ${label}: ${listed(sizes)}`;
}

/** What a run's environment keeps of its data. */
export const outlineFacts = ({ train, test, features, label, classes, notes }: DataOutline) => ({
  trainRows: train,
  testRows: test,
  features: features.length,
  label,
  classes: Object.fromEntries(classes.map((one) => [one.name, one.train + one.test])),
  ...(notes.length > 0 ? { notes } : {}),
});
