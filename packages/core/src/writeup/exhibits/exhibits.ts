import type { ParamValue } from '../../config/canonical.ts';
import { activationsStudy } from '../../studies/activations.ts';
import { learningRateStudy } from '../../studies/learning-rate.ts';
import { lenetVsAlexnetStudy, rungIn } from '../../studies/lenet-vs-alexnet.ts';
import { networkIn, optimizersStudy } from '../../studies/optimizers.ts';
import { softmaxStudy } from '../../studies/softmax.ts';
import { spiralStudy } from '../../studies/spiral.ts';
import { DEEPEST, vanishingGradientsStudy } from '../../studies/vanishing-gradients.ts';
import { widthVsDepthStudy } from '../../studies/width-vs-depth.ts';
import type { Text } from '../../text/text.ts';

type Params = Readonly<Record<string, ParamValue>>;

/** The levels of a study that a report tabulates and draws. */
export interface Exhibit {
  /** The title of the table, which says what its runs share. */
  readonly title: Text;
  /** The metrics of the table; the first is drawn. */
  readonly metrics: readonly string[];
  /** The factors whose levels are the rows, the most telling first. */
  readonly by: readonly string[];
  /** Which runs of the plan are included; left out: all. */
  readonly shows?: (params: Params) => boolean;
  /** Whether levels are named by params as recorded, as for any experiment. */
  readonly literal?: boolean;
  /** Whether another program recorded the runs: the meaning of its metrics is not known. */
  readonly foreign?: boolean;
  /** The name of a part of a level that several paths make up together: a rung, a network. */
  readonly part?: (params: Params) => { readonly order: number; readonly name: Text } | undefined;
}

/** By the id of the study. */
export const EXHIBITS: Readonly<Record<string, Exhibit>> = {
  [spiralStudy.id]: {
    title: {
      en: 'Linear and ReLU, SGD and Adam, at each learning rate',
      zh: '线性与 ReLU、SGD 与 Adam，各个学习率',
    },
    metrics: ['trainAccuracy', 'trainLoss'],
    by: ['model.activation', 'optimizer.name', 'optimizer.lr'],
  },
  [learningRateStudy.id]: {
    title: { en: 'SGD and Adam at learning rates a factor apart', zh: 'SGD 与 Adam 在成倍变化的学习率下' },
    metrics: ['trainLoss', 'trainAccuracy'],
    by: ['optimizer.name', 'optimizer.lr'],
  },
  [lenetVsAlexnetStudy.id]: {
    title: {
      en: 'From LeNet to a small AlexNet, each row with one change more than the row before',
      zh: '从 LeNet 到小型 AlexNet，每一行比上一行多一项改动',
    },
    metrics: ['testAccuracy', 'stepsTo95'],
    by: ['data.n'],
    part: rungIn,
  },
  [activationsStudy.id]: {
    title: { en: 'Activation functions on the spiral', zh: '各种激活函数在螺旋数据上' },
    metrics: ['trainAccuracy', 'trainLoss'],
    by: ['model.activation'],
  },
  [vanishingGradientsStudy.id]: {
    title: {
      en: '20 hidden layers, PyTorch’s initialisation',
      zh: '20 个隐藏层，PyTorch 初始化',
    },
    metrics: ['initialGradientRatio'],
    by: ['model.activation', 'model.block'],
    shows: (params) => params['model.hidden'] === DEEPEST && params['model.init'] === 'pytorch',
  },
  [widthVsDepthStudy.id]: {
    title: { en: 'Wide and deep networks of equal parameter count', zh: '参数量相同的宽网络与深网络' },
    metrics: ['testAccuracy', 'trainAccuracy'],
    by: ['data.name', 'model.hidden'],
    shows: (params) => params['model.block'] === 'plain',
  },
  [softmaxStudy.id]: {
    title: { en: 'Losses, each in its stable form', zh: '各种损失函数，均用数值稳定的写法' },
    metrics: ['testAccuracy', 'trainAccuracy'],
    by: ['loss.name'],
    shows: (params) => params['loss.stable'] !== false,
  },
  [optimizersStudy.id]: {
    title: { en: 'SGD and Adam on three networks, at each learning rate', zh: 'SGD 与 Adam 在三种网络上，各个学习率' },
    metrics: ['trainLoss', 'testAccuracy'],
    by: ['optimizer.name', 'optimizer.lr'],
    shows: (params) => params['optimizer.name'] === 'sgd' || params['optimizer.name'] === 'adam',
    part: networkIn,
  },
};
