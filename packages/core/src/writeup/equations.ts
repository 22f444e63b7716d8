import { learningRateStudy } from '../studies/learning-rate.ts';
import { optimizersStudy } from '../studies/optimizers.ts';
import { softmaxStudy } from '../studies/softmax.ts';
import { spiralStudy } from '../studies/spiral.ts';
import { DEEPEST, vanishingGradientsStudy } from '../studies/vanishing-gradients.ts';
import type { Language } from '../text/text.ts';
import type { Equation, Phrase } from './tree.ts';

// What is measured or trained, as a formula: in TeX for Markdown, in MathML for a page.

const i = (name: string): string => `<mi>${name}</mi>`;
const o = (mark: string): string => `<mo>${mark}</mo>`;
const n = (number: string): string => `<mn>${number}</mn>`;
const row = (...parts: string[]): string => `<mrow>${parts.join('')}</mrow>`;
const sub = (base: string, below: string): string => `<msub>${base}${below}</msub>`;
const sup = (base: string, above: string): string => `<msup>${base}${above}</msup>`;
const over = (above: string, below: string): string => `<mfrac>${above}${below}</mfrac>`;
const hat = (base: string): string => `<mover accent="true">${base}${o('^')}</mover>`;
const words = (text: string): string => `<mtext>${text}</mtext>`;
const sum = (below: string): string => `<munder>${o('∑')}${below}</munder>`;

const SPIRAL: Equation = {
  tex: String.raw`x = t\,(\sin\theta,\ \cos\theta)`,
  mathml: row(i('x'), o('='), i('t'), o('('), i('sin'), i('θ'), o(','), i('cos'), i('θ'), o(')')),
};
const DESCENT: Equation = {
  tex: String.raw`w_{t+1} = w_t - \eta\,\nabla L(w_t)`,
  mathml: row(
    ...[sub(i('w'), row(i('t'), o('+'), n('1'))), o('='), sub(i('w'), i('t')), o('−'), i('η'), o('∇'), i('L')],
    ...[o('('), sub(i('w'), i('t')), o(')')],
  ),
};
const ADAM: Equation = {
  tex: String.raw`w_{t+1} = w_t - \eta\,\hat m_t / (\sqrt{\hat v_t} + \epsilon)`,
  mathml: row(
    ...[
      sub(i('w'), row(i('t'), o('+'), n('1'))),
      o('='),
      sub(i('w'), i('t')),
      o('−'),
      i('η'),
      sub(hat(i('m')), i('t')),
    ],
    ...[o('/'), o('('), `<msqrt>${sub(hat(i('v')), i('t'))}</msqrt>`, o('+'), i('ϵ'), o(')')],
  ),
};
const norm = (layer: string): string => sub(row(o('‖'), sub(o('∇'), sub(i('W'), layer)), i('L'), o('‖')), n('2'));
/** The number of layers with weights in the study's deepest network. */
const LAST = (JSON.parse(DEEPEST) as number[]).length + 1;
const RATIO: Equation = {
  tex: String.raw`\lVert\nabla_{W_1}L\rVert_2 / \lVert\nabla_{W_{${LAST}}}L\rVert_2`,
  mathml: row(norm(n('1')), o('/'), norm(n(String(LAST)))),
};
const SOFTMAX: Equation = {
  tex: String.raw`p_k = e^{z_k} / \sum_j e^{z_j}`,
  mathml: row(
    ...[sub(i('p'), i('k')), o('='), sup(i('e'), sub(i('z'), i('k')))],
    ...[o('/'), sum(i('j')), sup(i('e'), sub(i('z'), i('j')))],
  ),
};
const ECE: Equation = {
  tex: String.raw`\mathrm{ECE} = \sum_b \frac{n_b}{n}\,\lvert \mathrm{acc}_b - \mathrm{conf}_b\rvert`,
  mathml: row(
    ...[words('ECE'), o('='), sum(i('b')), over(sub(i('n'), i('b')), i('n'))],
    ...[o('|'), sub(words('acc'), i('b')), o('−'), sub(words('conf'), i('b')), o('|')],
  ),
};

const { data: SPIRAL_DATA, model: SPIRAL_MODEL, epochs: SPIRAL_EPOCHS } = spiralStudy.defaults;
const [ARMS, ON_EACH] = SPIRAL_DATA.name === 'spiral' ? [SPIRAL_DATA.classes, SPIRAL_DATA.n] : [0, 0];
const UNITS = SPIRAL_MODEL.name === 'mlp' ? SPIRAL_MODEL.hidden.join(', ') : '';

type Note = Readonly<Record<Language, readonly Phrase[]>>;

/** By the id of the study. */
const NOTES: Readonly<Record<string, Note>> = {
  [spiralStudy.id]: {
    en: [
      `The data: ${ARMS} arms of ${ON_EACH} points each, `,
      { equation: SPIRAL },
      `. X is ${ARMS * ON_EACH} × 2, Y has ${ARMS * ON_EACH} labels. The network: 2 inputs, ${UNITS} hidden units, ${ARMS} outputs; ${SPIRAL_EPOCHS} steps, each over all points.`,
    ],
    zh: [
      `数据：${ARMS} 条旋臂，每条 ${ON_EACH} 个点，`,
      { equation: SPIRAL },
      `。X 的形状是 ${ARMS * ON_EACH} × 2，Y 有 ${ARMS * ON_EACH} 个标签。网络：2 个输入、${UNITS} 个隐藏单元、${ARMS} 个输出；训练 ${SPIRAL_EPOCHS} 步，每步用全部的点。`,
    ],
  },
  [learningRateStudy.id]: {
    en: ['A step of gradient descent with the learning rate η: ', { equation: DESCENT }, '.'],
    zh: ['学习率为 η 的一步梯度下降：', { equation: DESCENT }, '。'],
  },
  [vanishingGradientsStudy.id]: {
    en: ['What is measured, before the first update: ', { equation: RATIO }, ', of the first layer and the last.'],
    zh: ['所测量的是第一次更新之前首层与末层的 ', { equation: RATIO }, '。'],
  },
  [softmaxStudy.id]: {
    en: [
      'Softmax: ',
      { equation: SOFTMAX },
      '. How far probabilities are off, by bins b of their confidence: ',
      { equation: ECE },
      '.',
    ],
    zh: ['softmax：', { equation: SOFTMAX }, '。概率的偏差按置信度分组 b 计算：', { equation: ECE }, '。'],
  },
  [optimizersStudy.id]: {
    en: ['SGD: ', { equation: DESCENT }, '; Adam: ', { equation: ADAM }, '.'],
    zh: ['SGD：', { equation: DESCENT }, '；Adam：', { equation: ADAM }, '。'],
  },
};

/** The formulas of a study; empty for some. */
export const equationsOf = (study: string, language: Language): readonly Phrase[] => NOTES[study]?.[language] ?? [];
