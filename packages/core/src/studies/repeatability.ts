import { parseConfig } from '../config/assignments.ts';
import { FEWEST_PAIRS } from '../statistics/family.ts';
import { formatNumber } from '../text/format-number.ts';
import { linesOf, type Text } from '../text/text.ts';
import { byDemonstration } from './by-demonstration.ts';
import { last, notEnough, where } from './judging.ts';
import { evenSteps } from './look-steps.ts';
import type { Evidence, Judgement, StudyRun, TrainingStudy } from './study.ts';
import { combinations } from './variants.ts';

/** Two networks that hardly differ: which one comes out ahead depends on the seed. */
const WIDTHS = [100, 110] as const;
const SIZES = [50, 500] as const;

export const repeatabilityStudy: TrainingStudy = {
  id: 'repeatability',
  kind: 'training',
  title: { en: 'Why results differ each time', zh: '为什么每次的结果都不一样' },
  question: {
    en: 'What makes the same training end differently each time, and what does one run say of two configurations?',
    zh: '同样的训练为什么每次结果不同？只各跑一次，能说明哪种配置更好吗？',
  },
  defaults: parseConfig({
    study: 'repeatability',
    seed: 1,
    epochs: 500,
    batchSize: 'full',
    data: { name: 'spiral', n: 50 },
    model: { name: 'mlp', hidden: [100] },
    optimizer: { name: 'adam', lr: 0.01 },
  }),
  factors: ['model.hidden', 'data.n'],
  course: [],
  measure: { metric: 'testAccuracy' },
  probes: { test: evenSteps },
  variants: () => combinations({ 'data.n': SIZES, 'model.hidden': WIDTHS.map((width) => [width]) }),
  demonstrated: true,
  claims: [
    {
      text: {
        en: 'One run of each shows which of two configurations is better.',
        zh: '各跑一次，就能看出两种配置哪个更好。',
      },
      judge: oneRunIsEnough,
    },
    {
      text: {
        en: 'The same numbers added in another order give another sum; in the same order they give the same bits.',
        zh: '同样的数换个顺序相加，和就不同；顺序相同，结果逐比特相同。',
      },
      judge: ({ demonstrations }) => byDemonstration('repeatability', demonstrations),
    },
  ],
};

/** Whether every run of one network says the same beside every run of the other, at each size of the data. */
function oneRunIsEnough({ runs }: Evidence): Judgement {
  const accuracy = last('testAccuracy');
  const accuraciesOf = (n: number, width: number): number[] =>
    where(runs, { 'data.n': n, 'model.hidden': JSON.stringify([width]) })
      .map((run: StudyRun) => accuracy(run))
      .filter(Number.isFinite);
  const sizes = SIZES.map((n) => ({ n, groups: WIDTHS.map((width) => accuraciesOf(n, width)) }));
  const fewest = Math.min(...sizes.flatMap(({ groups }) => groups.map(({ length }) => length)));
  if (fewest < FEWEST_PAIRS) return notEnough({ en: 'seeds of each network', zh: '每种网络的种子' }, fewest);
  const counted = sizes.map(({ n, groups: [some = [], others = []] }) => {
    const pairs = some.flatMap((one) => others.map((other) => other - one));
    const ahead = pairs.filter((difference) => difference > 0).length;
    const all = [...some, ...others];
    return { n, pairs: pairs.length, ahead, spread: Math.max(...all) - Math.min(...all) };
  });
  const [narrow, wide] = WIDTHS;
  return {
    supported: counted.every(({ pairs, ahead }) => ahead === 0 || ahead === pairs),
    verdict: linesOf(
      counted.map(
        ({ n, pairs, ahead, spread }): Text => ({
          en: `With ${n} points a class ${wide} units come out ahead of ${narrow} in ${ahead} of ${pairs} pairs of runs; all runs lie within ${formatNumber(spread)}.`,
          zh: `每类 ${n} 个点时，${pairs} 对运行中有 ${ahead} 对是 ${wide} 个单元胜过 ${narrow} 个；所有运行相差不超过 ${formatNumber(spread)}。`,
        }),
      ),
    ),
    numbers: Object.fromEntries(
      counted.flatMap(({ n, pairs, ahead, spread }) => [
        [`${n}.ahead`, ahead / pairs],
        [`${n}.spread`, spread],
      ]),
    ),
  };
}
