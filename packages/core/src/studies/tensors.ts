import { notEnough } from './judging.ts';
import type { DemonstrationStudy, Evidence, Judgement } from './study.ts';

export const tensorsStudy: DemonstrationStudy = {
  id: 'tensors',
  kind: 'demonstration',
  title: 'Tensors and dtypes',
  question: 'What can be done with tensors, what is in an empty one, and which dtypes go together?',
  claims: [
    {
      text: 'An empty tensor holds arbitrary values, and a matrix product of different dtypes fails until one is cast.',
      judge: shown,
    },
  ],
};

function shown({ demonstrations }: Evidence): Judgement {
  if (demonstrations.length === 0) return notEnough('demonstrations', 0);
  const failed = demonstrations.filter(({ holds }) => !holds);
  return {
    supported: failed.length === 0,
    verdict:
      failed.length === 0
        ? `All ${demonstrations.length} demonstrations came out as they should.`
        : `These did not come out as they should: ${failed.map(({ title, output }) => `${title} (${output})`).join('; ')}.`,
    numbers: { shown: demonstrations.length, failed: failed.length },
  };
}
