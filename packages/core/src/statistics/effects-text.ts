import { joinTexts, sameText, type Text } from '../text/text.ts';
import type { Effect, Effects } from './effects.ts';
import type { NoEffect } from './variance.ts';

// The words beside a table of variance, on pages and on the command line alike.

const AND: Text = { en: ', ', zh: '、' };

const factorText = (paths: readonly string[]): Text => {
  const all = joinTexts(paths.map(sameText), AND);
  return paths.length > 1 ? { en: `${all.en} (together)`, zh: `${all.zh}（同时变化）` } : all;
};

/** The name of a line: `model.activation`, `model.activation × optimizer.name`, `seeds`. */
export const effectText = (of: Effect['of']): Text =>
  of.length === 0 ? { en: 'seeds', zh: '种子' } : joinTexts(of.map(factorText), sameText(' × '));

/** The name of the residual. */
export const EVERYTHING_ELSE: Text = { en: 'everything else', zh: '其余一切' };

const WHY: Readonly<Record<NoEffect, Text>> = {
  'empty-cells': {
    en: 'Not estimated, for not all of their combinations were run: ',
    zh: '并非所有组合都运行过，因此无法估计：',
  },
  aliased: {
    en: 'Not estimated, for these runs cannot tell it from the other factors: ',
    zh: '这些运行无法把它与其他因素区分开，因此无法估计：',
  },
  'one-level': {
    en: 'Not estimated, for it has one level with a finite value: ',
    zh: '只有一个水平有有限的值，因此无法估计：',
  },
  'too-many': {
    en: 'Not estimated, for it has too many levels for so few runs: ',
    zh: '相对于运行数，水平太多，因此无法估计：',
  },
};

/** What a reader of the lines must know: what is left out, what the shares add up to, and what p compares. */
export function effectsNotes({ leftOut, isBalanced, error, diverged }: Effects): Text[] {
  const reasons = [...new Set(leftOut.map(({ why }) => why))];
  return [
    ...reasons.map((reason) => {
      const names = leftOut.filter(({ why }) => why === reason).map(({ of }) => effectText(of));
      const all = joinTexts(names, AND);
      return { en: `${WHY[reason].en}${all.en}.`, zh: `${WHY[reason].zh}${all.zh}。` };
    }),
    ...(diverged > 0
      ? [
          {
            en: `${diverged} ${diverged === 1 ? 'run that diverged is' : 'runs that diverged are'} left out.`,
            zh: `${diverged} 次发散的运行不计入。`,
          },
        ]
      : []),
    ...(isBalanced
      ? []
      : [
          {
            en: 'Not every combination has the same seeds: a share is what its line explains beyond all others, and they need not add up to 100%.',
            zh: '各种组合的种子并不相同：每个份额是该项在其他各项之外所解释的部分，总和不一定是 100%。',
          },
        ]),
    ...(error === null
      ? [
          {
            en: 'No line is tested: some combinations share seeds, and others do not.',
            zh: '未做检验：有些组合共用种子，有些则不共用。',
          },
        ]
      : []),
  ];
}
