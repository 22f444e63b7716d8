import { byDemonstration } from './by-demonstration.ts';
import type { DemonstrationStudy } from './study.ts';

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
      judge: ({ demonstrations }) => byDemonstration('tensors', demonstrations),
    },
  ],
};
