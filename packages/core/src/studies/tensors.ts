import { joinTexts, type Text } from '../text.ts';
import { notDemonstrated } from './judging.ts';
import type { Demonstration, DemonstrationStudy, Evidence, Judgement } from './study.ts';

export const tensorsStudy: DemonstrationStudy = {
  id: 'tensors',
  kind: 'demonstration',
  title: { en: 'Tensors and dtypes', zh: '张量与 dtype' },
  question: {
    en: 'What can be done with tensors, what is in an empty one, and which dtypes go together?',
    zh: '张量可以做哪些运算？空张量里有什么？哪些 dtype 可以混用？',
  },
  claims: [
    {
      text: {
        en: 'An empty tensor holds arbitrary values, and a matrix product of different dtypes fails until one is cast.',
        zh: '空张量中的值是任意的；dtype 不同的矩阵不能相乘，须先转换其中一个。',
      },
      judge: shown,
    },
  ],
};

function shown({ demonstrations }: Evidence): Judgement {
  if (demonstrations.length === 0) return notDemonstrated('tensors');
  const failed = demonstrations.filter(({ holds }) => !holds);
  return {
    supported: failed.length === 0,
    verdict: failed.length === 0 ? allHold(demonstrations.length) : someFail(failed),
    numbers: { shown: demonstrations.length, failed: failed.length },
  };
}

const allHold = (count: number): Text => ({
  en: `All ${count} demonstrations came out as they should.`,
  zh: `${count} 项演示的结果都符合预期。`,
});

function someFail(failed: readonly Demonstration[]): Text {
  const named = failed.map(
    ({ title, output }): Text => ({ en: `${title.en} (${output.en})`, zh: `${title.zh}（${output.zh}）` }),
  );
  const list = joinTexts(named, { en: '; ', zh: '；' });
  return { en: `These did not come out as they should: ${list.en}.`, zh: `以下演示的结果不符合预期：${list.zh}。` };
}
