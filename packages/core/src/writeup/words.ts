import type { Outcome } from '../studies/verdict.ts';
import { sameText, type Text } from '../text/text.ts';

// The words of a report around its results. The answers themselves are the claims and verdicts of the studies.

const OUTCOME_WORDS: Readonly<Record<Outcome, Text>> = {
  shown: { en: 'Shown', zh: '成立' },
  refuted: { en: 'Refuted', zh: '不成立' },
  undecided: { en: 'Undecided', zh: '尚无定论' },
};

export const WORDS = {
  table: (n: number): Text => ({ en: `Table ${n}.`, zh: `表 ${n}` }),
  figure: (n: number): Text => ({ en: `Figure ${n}.`, zh: `图 ${n}` }),
  about: {
    en: 'Tables, figures and verdicts here are filled in by Whorl from recorded runs: what is measured is the mean over seeds, with its 95% interval. The places marked “In your own words” are left to the author.',
    zh: '文中的表格、图和结论由 Whorl 根据已记录的运行填写：数值是对种子的均值及其 95% 区间。标有“请用自己的话写”的地方留给作者。',
  },
  contents: { en: 'Contents', zh: '目录' },
  level: { en: 'level', zh: '水平' },
  seeds: { en: 'seeds', zh: '种子数' },
  diverged: { en: 'diverged', zh: '发散' },
  course: { en: 'the course', zh: '课程' },
  step: { en: 'what', zh: '内容' },
  code: { en: 'code', zh: '代码' },
  output: { en: 'what came of it', zh: '结果' },
  colon: { en: ': ', zh: '：' },
  outcome: (outcome: Outcome): Text => OUTCOME_WORDS[outcome],
  /** @param median null where fewer than half of the seeds reached it */
  reached: (median: string | null, reached: number, seeds: number): Text => ({
    en: `${reached} of ${seeds} seeds reach it${median === null ? '' : `, median ${median}`}`,
    zh: `${seeds} 个种子中有 ${reached} 个达到${median === null ? '' : `，中位数 ${median}`}`,
  }),
  tableCaption: ({ en, zh }: Text, geometric: boolean): Text => ({
    en: `${en}. ${geometric ? 'Geometric mean' : 'Mean'} over seeds and its 95% interval.`,
    zh: `${zh}。对种子的${geometric ? '几何平均' : '均值'}及其 95% 区间。`,
  }),
  shownCaption: (engine: string, day: string): Text => ({
    en: `What was demonstrated, on the engine ${engine}, ${day}. ✓ came out as it should, ✗ did not.`,
    zh: `${day} 在 ${engine} 引擎上的演示。✓ 与预期相符，✗ 不符。`,
  }),
  claims: { en: 'What the course says, and what the runs say of it', zh: '课程的说法与运行的结论' },
  source: (of: {
    readonly runs: number;
    readonly seeds: string;
    readonly engines: string;
    readonly days: string;
    readonly experiment: string;
  }): Text => ({
    en: `From ${of.runs === 1 ? 'one run' : `${of.runs} runs`} of the experiment “${of.experiment}”: seeds ${of.seeds}, engine ${of.engines}, recorded ${of.days}.`,
    zh: `来自实验“${of.experiment}”的 ${of.runs} 次运行：种子 ${of.seeds}，引擎 ${of.engines}，记录于 ${of.days}。`,
  }),
  sameNumbers: { en: 'The same numbers in a terminal:', zh: '在终端里查看同样的数字：' },
  repeat: { en: 'To repeat the runs:', zh: '重复这些运行：' },
  own: { en: '[In your own words]', zh: '【请用自己的话写】' },
  missing: { en: 'Missing', zh: '缺少记录' },
  /** Before the commands that record what is missing, or that tell why it cannot be read. */
  help: {
    record: { en: ' It is recorded by:', zh: '记录它的命令：' },
    look: { en: ' What is wrong is said by:', zh: '查看问题所在的命令：' },
  },
  undrawn: ({ en, zh }: Text): Text => ({
    en: `a figure, which cannot be drawn: ${en}.`,
    zh: `有一张图无法画出：${zh}。`,
  }),
  nothing: (title: Text): Text => ({
    en: `nothing is recorded of “${title.en}” yet, so there is no number here.`,
    zh: `还没有记录“${title.zh}”，所以这里没有数字。`,
  }),
  notShown: (title: Text): Text => ({
    en: `“${title.en}” has not been demonstrated in this record.`,
    zh: `“${title.zh}”的演示还没有记录。`,
  }),
  incomplete: (title: Text, complete: number, configurations: number): Text => ({
    en: `of “${title.en}” ${complete} of ${configurations} configurations have three seeds or more; until all have, nothing is decided.`,
    zh: `“${title.zh}”的 ${configurations} 种配置中有 ${complete} 种至少有三个种子；全部齐全之前不下结论。`,
  }),
  ownOfExperiment: {
    en: 'What you wanted to find out, what the runs show, and what they leave open.',
    zh: '你想弄清什么？这些运行说明了什么？还有什么没有答案？',
  },
  noneFinished: (name: string): Text => ({
    en: `no run of “${name}” has finished with a result.`,
    zh: `“${name}”还没有一次运行得出结果。`,
  }),
  leftOut: (runs: number): Text => ({
    en: runs === 1 ? 'One run without a result is left out.' : `${runs} runs without a result are left out.`,
    zh: `${runs} 次没有结果的运行未计入。`,
  }),
  manyLevels: (levels: number): Text => ({
    en: `Its factors have ${levels} levels together, too many for a table.`,
    zh: `各因素共组成 ${levels} 个水平，列成表格太长。`,
  }),
  levelsOf: (name: string): Text => ({ en: `The levels of “${name}”`, zh: `“${name}”的各个水平` }),
  setup: { en: 'What all runs share.', zh: '所有运行相同的设置。' },
  path: { en: 'param', zh: '配置' },
  value: { en: 'value', zh: '值' },
  verdict: (by: string): Text => ({ en: `Verdict, by ${by}`, zh: `按 ${by} 比较的结论` }),
  /** Between names: `1, 2`. */
  comma: { en: ', ', zh: '、' },
  to: { en: ' to ', zh: ' 至 ' },
} as const;

/** What each section asks the reader to write. */
export const OWN_PROMPTS = {
  tensors: {
    en: 'Your own PyTorch code and its output; why an empty tensor can hold NaN, and how you mended the error of two dtypes.',
    zh: '贴出你自己的 PyTorch 代码和输出；说明空张量里为什么会出现 NaN，以及你如何解决两个张量 dtype 不一致的报错。',
  },
  spiral: {
    en: 'What the shapes of X and Y are and why; what you see in the boundaries; how much of the rise is ReLU’s and how much the optimizer’s.',
    zh: '说明 X 和 Y 的形状及原因；描述决策边界的变化；准确率的提高有多少来自 ReLU，有多少来自优化器。',
  },
  'learning-rate': {
    en: 'How you would choose the learning rate, and what you saw where it was too small or too large.',
    zh: '说明你会怎样选择学习率，以及它过小、过大时你看到了什么。',
  },
  'lenet-vs-alexnet': {
    en: 'Which of AlexNet’s changes you take to matter most, and whether these runs, on small digits, can say so.',
    zh: '你认为 AlexNet 的哪项改动最重要？这些在小尺寸数字上的运行能说明它吗？',
  },
  activations: {
    en: 'What an activation function is for, and which of the course’s statements you would keep.',
    zh: '激活函数有什么用？课程的说法中，哪些你会保留？',
  },
  'vanishing-gradients': {
    en: 'Why the gradient gets smaller from layer to layer, and what residual connections and batch normalisation change about it.',
    zh: '梯度为什么会逐层变小？残差连接和批归一化改变了什么？',
  },
  'width-vs-depth': {
    en: 'Whether you would make a network wider or deeper for a task of your own, and what these runs do not show.',
    zh: '面对你自己的任务，你会让网络更宽还是更深？这些运行没有说明什么？',
  },
  softmax: {
    en: 'What softmax does to the logits, why cross-entropy goes with it, and how far its probabilities can be trusted.',
    zh: 'softmax 对 logits 做了什么？为什么与交叉熵搭配？它给出的概率可信到什么程度？',
  },
  optimizers: {
    en: 'Which of the two you would start with, at which learning rate, and what would make you change.',
    zh: '你会先用哪一种优化器、多大的学习率？什么情况会让你改用另一种？',
  },
} as const satisfies Readonly<Record<string, Text>>;

export const ownPrompt = (study: string): Text =>
  study in OWN_PROMPTS ? OWN_PROMPTS[study as keyof typeof OWN_PROMPTS] : sameText('');
