import { sameText, type Text } from '../text/text.ts';
import type { Metric } from './metric.ts';

// What Whorl's training records (train/step.ts, train/train.ts and train/probes). A test trains with every probe and
// looks up each recorded key here.

const SHARE = [0, 1] as const;

const metric = (key: string, label: Text, axis: Text, more: Partial<Metric>): Metric => ({
  key,
  label,
  axis,
  perLayer: false,
  goal: null,
  range: null,
  shareOf: null,
  censored: false,
  byPowers: false,
  isLoss: false,
  ...more,
});

const loss = (key: string, label: Text, axis: Text) => metric(key, label, axis, { goal: 'lowest', isLoss: true });

const accuracy = (key: string, label: Text, axis: Text, shareOf: Metric['shareOf']) =>
  metric(key, label, axis, { goal: 'highest', range: SHARE, shareOf });

/** How soon something was reached; infinite where it never was. */
const milestone = (key: string, label: Text) =>
  metric(key, label, { en: 'steps (updates)', zh: '步数（更新次数）' }, { goal: 'lowest', censored: true });

const cost = (key: string, label: Text, axis: Text) => metric(key, label, axis, { goal: 'lowest' });

const RATIO: Text = { en: 'ratio of gradient norms', zh: '梯度范数之比' };

const METRICS: readonly Metric[] = [
  accuracy(
    'testAccuracy',
    { en: 'Test accuracy', zh: '测试准确率' },
    { en: 'accuracy on the test set (fraction correct)', zh: '测试集上的准确率（正确比例）' },
    'test rows',
  ),
  loss(
    'testLoss',
    { en: 'Test loss', zh: '测试损失' },
    { en: 'loss on the test set (mean per example)', zh: '测试集上的损失（每个样本的均值）' },
  ),
  accuracy(
    'trainAccuracy',
    { en: 'Training accuracy', zh: '训练准确率' },
    { en: 'accuracy on the whole training set (fraction correct)', zh: '整个训练集上的准确率（正确比例）' },
    'training rows',
  ),
  loss(
    'trainLoss',
    { en: 'Training loss', zh: '训练损失' },
    { en: 'loss on the whole training set (mean per example)', zh: '整个训练集上的损失（每个样本的均值）' },
  ),
  accuracy(
    'accuracy',
    { en: 'Batch accuracy', zh: '批次准确率' },
    { en: 'accuracy on each step’s batch (fraction correct)', zh: '每步批次上的准确率（正确比例）' },
    'rows of a batch',
  ),
  loss(
    'loss',
    { en: 'Batch loss', zh: '批次损失' },
    { en: 'loss on each step’s batch (mean per example)', zh: '每步批次上的损失（每个样本的均值）' },
  ),
  metric(
    'ece',
    { en: 'Expected calibration error', zh: '期望校准误差' },
    { en: 'distance between confidence and accuracy (mean)', zh: '置信度与准确率之差（均值）' },
    { goal: 'lowest', range: SHARE },
  ),
  milestone('stepsTo90', { en: 'Steps to 90% batch accuracy', zh: '批次准确率达到 90% 的步数' }),
  milestone('stepsTo95', { en: 'Steps to 95% test accuracy', zh: '测试准确率达到 95% 的步数' }),
  metric(
    'oscillation',
    { en: 'Oscillation of the loss', zh: '损失的振荡' },
    { en: 'fraction of steps in which the loss rises', zh: '损失上升的步所占的比例' },
    { goal: 'lowest', range: SHARE, shareOf: 'steps' },
  ),
  metric('gradientRatio', { en: 'Gradient of the first layer over the last', zh: '首层与末层的梯度之比' }, RATIO, {
    byPowers: true,
  }),
  metric('initialGradientRatio', { en: 'Gradient ratio before training', zh: '训练前首层与末层的梯度之比' }, RATIO, {
    byPowers: true,
  }),
  metric(
    'gradientNorm',
    { en: 'Gradient of layer {layer}', zh: '第 {layer} 层的梯度' },
    { en: 'gradient norm (L2)', zh: '梯度范数（L2）' },
    { perLayer: true, byPowers: true },
  ),
  metric(
    'activationMean',
    { en: 'Mean activation of layer {layer}', zh: '第 {layer} 层激活值的均值' },
    { en: 'mean over units and points', zh: '各单元、各点的均值' },
    { perLayer: true },
  ),
  metric(
    'activationStd',
    { en: 'Spread of activations of layer {layer}', zh: '第 {layer} 层激活值的标准差' },
    { en: 'standard deviation', zh: '各单元、各点的标准差' },
    { perLayer: true },
  ),
  metric(
    'deadUnits',
    { en: 'Dead units of layer {layer}', zh: '第 {layer} 层的死亡单元' },
    { en: 'fraction that no point activates', zh: '不被任何点激活的单元比例' },
    { perLayer: true, goal: 'lowest', range: SHARE, shareOf: 'units' },
  ),
  cost('parameters', { en: 'Parameters', zh: '参数量' }, { en: 'trained numbers', zh: '可训练参数的个数' }),
  cost(
    'flops',
    { en: 'FLOPs', zh: 'FLOPs（浮点运算数）' },
    { en: 'operations (forward pass of one example)', zh: '运算次数（一个样本的前向传播）' },
  ),
  cost(
    'optimizerBytes',
    { en: 'Optimizer memory', zh: '优化器内存' },
    { en: 'bytes beside the weights', zh: '权重之外的字节数' },
  ),
];

/**
 * How well a run does, by the first of these that it has: what it makes of data that it was not trained on comes before
 * what it makes of its training data; the figures of batches, all that old records have, come last.
 */
export const MAIN_METRICS = ['testAccuracy', 'testLoss', 'trainAccuracy', 'trainLoss', 'accuracy', 'loss'] as const;

const BY_KEY = new Map(METRICS.map((known) => [known.key, known]));

/** Splits a key into its metric and its layer; null where the metric is not Whorl's. */
export function metricOf(key: string): { readonly metric: Metric; readonly layer: string | null } | null {
  const [, name = key, layer = null] = /^(.*)\.(\d+)$/.exec(key) ?? [];
  const metric = BY_KEY.get(name);
  return metric && metric.perLayer === (layer !== null) ? { metric, layer } : null;
}

/** The main metric among the keys of some runs; null where they have none of them. */
export const mainMetricOf = (keys: Iterable<string>): (typeof MAIN_METRICS)[number] | null => {
  const known = new Set(keys);
  return MAIN_METRICS.find((key) => known.has(key)) ?? null;
};

/**
 * The metrics that a table of runs shows at first: accuracy and loss, each of the test set where measured, else of the
 * training set, else of the last batch; the more telling one first. Of runs without any of the main metrics, those that
 * a run has as soon as it trains.
 */
export function mainPairOf(keys: Iterable<string>): readonly string[] {
  const known = new Set(keys);
  const [most, ...others] = MAIN_METRICS.filter((key) => known.has(key));
  if (!most) return ['accuracy', 'loss'];
  const isLoss = (key: string) => BY_KEY.get(key)?.isLoss;
  return [most, ...others.filter((key) => isLoss(key) !== isLoss(most)).slice(0, 1)];
}

const inLayer = (text: Text, layer: string | null): Text => {
  const filled = (language: keyof Text) => text[language].replace('{layer}', layer ?? '');
  return { en: filled('en'), zh: filled('zh') };
};

/** The label of a metric; the key itself where the metric is not Whorl's. */
export function metricName(key: string): Text {
  const found = metricOf(key);
  return found ? inLayer(found.metric.label, found.layer) : sameText(key);
}

/**
 * A metric's label within a sentence: `Test accuracy` becomes `test accuracy`, `FLOPs` stays, and so do keys of other
 * programs.
 */
export function metricWord(key: string): Text {
  const { en, zh } = metricName(key);
  return { en: en === key || /^\p{Lu}{2}/u.test(en) ? en : en.charAt(0).toLowerCase() + en.slice(1), zh };
}

/** The label of a metric's axis, with its unit. */
export const metricAxis = (key: string): Text => metricOf(key)?.metric.axis ?? sameText(key);
