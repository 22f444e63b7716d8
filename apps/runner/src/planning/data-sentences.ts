import type { DataOutline, Text } from '@whorl/core';

/** With more classes or features than this, their number is given and not their names. */
const MOST_NAMED = 12;

function listed(names: readonly string[]): Text {
  const named = names.slice(0, MOST_NAMED);
  const more = names.length - named.length;
  return {
    en: `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    zh: `${named.join('、')}${more > 0 ? `，另有 ${more} 个` : ''}`,
  };
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What the data of a run are, as one sentence: rows, features, and the rows of each class. */
export function outlineSentence({ train, test, features, label, classes }: DataOutline): Text {
  const rows = `${counted(train + test, 'row', 'rows')} (${train} to train on, ${test} to test)`;
  const sizes = classes.map((one) => `${one.name} ${one.train + one.test}`);
  const [columns, groups] = [listed(features), listed(sizes)];
  return {
    en: `${rows}, ${counted(features.length, 'feature', 'features')} (${columns.en}), ${classes.length} classes in ${label}: ${groups.en}`,
    zh:
      `${train + test} 行（${train} 行用于训练，${test} 行用于测试），${features.length} 个特征（${columns.zh}），` +
      `${label} 列有 ${classes.length} 个类别：${groups.zh}`,
  };
}

/** What a run's environment records about its data. */
export const outlineFacts = ({ train, test, features, label, classes, notes }: DataOutline) => ({
  trainRows: train,
  testRows: test,
  features: features.length,
  label,
  classes: Object.fromEntries(classes.map((one) => [one.name, one.train + one.test])),
  ...(notes.length > 0 ? { notes: notes.map(({ said }) => said.en) } : {}),
});
