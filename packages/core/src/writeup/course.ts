import type { Language, Text } from '../text/text.ts';
import { type StudyAnswer, studySection } from './study-section.ts';
import type { Block, Writeup } from './tree.ts';
import { WORDS } from './words.ts';

// The homework of the course's first week, in the order in which it is handed in: code practice, then six questions.

interface Section {
  readonly title: Text;
  readonly study: string;
}

const PRACTICE: readonly Section[] = [
  { title: { en: '1.1 PyTorch basics', zh: '1.1 PyTorch 基础练习' }, study: 'tensors' },
  { title: { en: '1.2 Classifying the spiral', zh: '1.2 螺旋数据分类' }, study: 'spiral' },
  { title: { en: '1.3 The learning rate', zh: '1.3 学习率' }, study: 'learning-rate' },
];

/** The questions as the course asks them, each with the study that answers it. */
export const SIX_QUESTIONS: readonly Section[] = [
  {
    title: {
      en: '2.1 What characterises AlexNet? Why can it do better than LeNet?',
      zh: '2.1 AlexNet 有哪些特点？为什么可以比 LeNet 取得更好的性能？',
    },
    study: 'lenet-vs-alexnet',
  },
  { title: { en: '2.2 What do activation functions do?', zh: '2.2 激活函数有哪些作用？' }, study: 'activations' },
  {
    title: { en: '2.3 What is the vanishing gradient?', zh: '2.3 梯度消失现象是什么？' },
    study: 'vanishing-gradients',
  },
  {
    title: { en: '2.4 Is a network better wider or deeper?', zh: '2.4 神经网络是更宽好还是更深好？' },
    study: 'width-vs-depth',
  },
  { title: { en: '2.5 Why use softmax?', zh: '2.5 为什么要使用 Softmax？' }, study: 'softmax' },
  {
    title: { en: '2.6 SGD or Adam: which is more effective?', zh: '2.6 SGD 和 Adam 哪个更有效？' },
    study: 'optimizers',
  },
];

const TITLE: Text = { en: 'Week 1: foundations of deep learning', zh: '【第1周】深度学习基础' };
const PRACTICE_TITLE: Text = { en: '1 Code practice', zh: '1 代码练习' };
const QUESTIONS_TITLE: Text = { en: '2 Six questions', zh: '2 问题总结' };
/** The course's homework, filled in from a record. */
export function courseWriteup(answers: readonly StudyAnswer[], language: Language): Writeup {
  const sections = (parts: readonly Section[]): Block[] =>
    parts.flatMap(({ title, study }): Block[] => {
      const answer = answers.find((one) => one.study.id === study);
      return answer ? [{ kind: 'heading', level: 3, text: title[language] }, ...studySection(answer, language)] : [];
    });
  return {
    language,
    title: TITLE[language],
    blocks: [
      { kind: 'paragraph', spans: [WORDS.about[language]] },
      { kind: 'heading', level: 2, text: PRACTICE_TITLE[language] },
      ...sections(PRACTICE),
      { kind: 'heading', level: 2, text: QUESTIONS_TITLE[language] },
      ...sections(SIX_QUESTIONS),
    ],
  };
}
