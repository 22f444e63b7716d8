import { joinTexts, type Text } from '../text/text.ts';
import type { Demonstration, Judgement } from './study.ts';

/** A judge whose claim is shown where every demonstration of a study came out as it should. */
export function byDemonstration(study: string, demonstrations: readonly Demonstration[]): Judgement {
  if (demonstrations.length === 0) return notDemonstrated(study);
  const failed = demonstrations.filter(({ holds }) => !holds);
  return {
    supported: failed.length === 0,
    verdict: failed.length === 0 ? allHold(demonstrations.length) : someFail(failed),
    numbers: { shown: demonstrations.length, failed: failed.length },
  };
}

const notDemonstrated = (study: string): Judgement => ({
  supported: null,
  verdict: {
    en: `Not demonstrated yet in this experiment: whorl course --only ${study}.`,
    zh: `这个实验还没有演示过：whorl course --only ${study}。`,
  },
  numbers: { shown: 0 },
});

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
