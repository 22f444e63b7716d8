import type { Text } from '../../text/text.ts';

/** The words in and below the figures of a report. */
export const FIGURE_WORDS = {
  steps: { en: 'steps (updates)', zh: '步数（更新次数）' },
  rate: { en: 'learning rate', zh: '学习率' },
  layer: { en: 'layer, counted from the input', zh: '层（从输入数起）' },
  mean: { en: 'mean and 95% interval', zh: '均值与 95% 区间' },
  seed: { en: 'one seed', zh: '单个种子' },
  reported: { en: 'reported by the course', zh: '课程报告的数值' },
  allDiverged: { en: 'all runs diverged', zh: '所有运行都发散了' },
  divergedMark: { en: 'some runs diverged', zh: '有运行发散' },
  seedNote: (seed: number, value: string): Text => ({ en: `seed ${seed}: ${value}`, zh: `种子 ${seed}：${value}` }),
  levels: (exhibit: Text, metric: Text): Text => ({
    en: `${metric.en}: ${exhibit.en}`,
    zh: `${metric.zh}：${exhibit.zh}`,
  }),
  levelsCaption: (geometric: boolean): Text => ({
    en: `Dots are ${geometric ? 'geometric means' : 'means'} over seeds, bars their 95% intervals, rings the single seeds.`,
    zh: `圆点是对种子的${geometric ? '几何平均' : '均值'}，横线是其 95% 区间，圆圈是单个种子。`,
  }),
  boundaries: {
    en: 'Decision boundaries: what the networks answer in the plane',
    zh: '决策边界：网络在平面各处的回答',
  },
  boundariesCaption: {
    en: 'One seed each, after the last update. Colours are the predicted class, paler where its probability is below 0.8; shapes are the training points (an even sample of them). Below each: training accuracy. Both coordinates span the same range.',
    zh: '各取一个种子，训练结束时。颜色是预测的类别，概率低于 0.8 处颜色较浅；各种形状是训练点（均匀抽取的一部分）。图下是训练准确率。横、纵坐标的范围相同。',
  },
  bestRates: {
    en: ' Each pair of activation and optimizer at the learning rate of its best mean accuracy.',
    zh: '每种激活函数与优化器的组合取平均准确率最高的学习率。',
  },
  curves: { en: 'The loss during training', zh: '训练过程中的损失' },
  curvesCaption: {
    en: 'Mean over seeds of the loss on each step’s batch, with its 95% interval; logarithmic axis.',
    zh: '每步批次上的损失对种子的均值及其 95% 区间；对数坐标。',
  },
  rates: { en: 'Training loss after the last update, by learning rate', zh: '训练结束时的训练损失随学习率的变化' },
  ratesCaption: {
    en: 'Mean over seeds of the loss on the whole training set, with its 95% interval; both axes logarithmic.',
    zh: '整个训练集上的损失对种子的均值及其 95% 区间；两轴均为对数坐标。',
  },
  gradients: { en: 'Gradient norm of each layer before training', zh: '训练前各层的梯度范数' },
  gradientsCaption: {
    en: '20 hidden layers, PyTorch’s initialisation. Geometric mean over seeds, with its 95% interval; logarithmic axis.',
    zh: '20 个隐藏层，PyTorch 初始化。对种子的几何平均及其 95% 区间；对数坐标。',
  },
} as const;
