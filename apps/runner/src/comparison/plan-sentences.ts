import {
  formatInterval,
  formatNumber,
  joinTexts,
  type RunsToAdd,
  type SeedPlan,
  sameText,
  type Text,
} from '@whorl/core';
import { duration } from '../terminal/output.ts';

/** Everything that the sentences about a plan need. */
export interface PlanSaid {
  /** Null where no recorded run says which metric is measured. */
  readonly metric: string | null;
  readonly by: readonly string[];
  readonly plan: SeedPlan;
  /** The runs to train; null where no number of seeds suffices, or no difference was given. */
  readonly add: RunsToAdd | null;
  /** The number of the look that the recorded runs were; null where there are none. */
  readonly look: number | null;
  /** Whether all recorded seeds have the very same difference, so that they tell no spread. */
  readonly isFlat: boolean;
  /** Null where the spread was given on the command line. */
  readonly source: SpreadSource | null;
  /** How many processes train side by side. */
  readonly jobs: number;
}

/** The recorded runs from which the spread is estimated. */
export interface SpreadSource {
  readonly experiment: string;
  readonly runs: number;
  readonly levels: number;
  readonly seeds: number;
  /** Whether they have the levels that are planned, and not other levels under the same settings. */
  readonly exact: boolean;
}

/** @param metric its name in the reader's language */
export const planTitle = ({ by, plan: { levels } }: PlanSaid, metric: string | null): Text => ({
  en: `How many seeds: ${metric === null ? '' : `${metric} by `}${by.join(' and ')}, ${levels} levels`,
  zh: `需要多少个种子：${metric === null ? '' : `${metric}，按 `}${by.join('、')}，${levels} 个水平`,
});

/** The sentences below the table: how the spread is known, and what is to be trained. */
export function planSentences(said: PlanSaid): Text {
  const lines = [resultOf(said.plan), spreadOf(said), toTrain(said)];
  return joinTexts(
    lines.filter((line) => line !== null),
    sameText('\n'),
  );
}

/** What the planned number of seeds is enough for. */
function resultOf({ levels, spread, shared, sizes }: SeedPlan): Text {
  const [size] = sizes;
  if (!size || !spread || sizes.length > 1) {
    return {
      en: `So many seeds name the best of ${levels} levels where it is better by so much than each other.`,
      zh: `最好的水平比其他每个水平都好这么多时，在 ${levels} 个水平中认出它所需的种子数。`,
    };
  }
  const difference = String(size.difference);
  const needed = size.chances.find(({ chance }) => chance === 0.8)?.seeds ?? null;
  if (needed === null) {
    return {
      en:
        `1,000 seeds do not show a difference of ${difference} in 80% of the cases.` +
        (shared > 0 ? ' All of them split one file again, and so say less than new data would.' : ''),
      zh:
        `1000 个种子也不能以 80% 的把握检出 ${difference} 的差异。` +
        (shared > 0 ? '所有种子都是对同一文件的重复划分，说明不了新数据所能说明的。' : ''),
    };
  }
  if (levels === 2) {
    return {
      en: `With ${needed} seeds the better level is named in 80% of the cases where it is better by ${difference}.`,
      zh: `较好的水平好 ${difference} 时，${needed} 个种子有 80% 的把握认出它。`,
    };
  }
  return {
    en:
      `With ${needed} seeds the best of ${levels} levels is named in 80% of the cases where it is better by ${difference} ` +
      `than each other; for one pair so far apart ${size.pair} are enough.`,
    zh:
      `最好的水平比其他每个水平都好 ${difference} 时，${needed} 个种子有 80% 的把握在 ${levels} 个水平中认出它；` +
      `只看相差这么多的一对水平，${size.pair} 个就够。`,
  };
}

function spreadOf({ plan: { spread, sizes }, source, isFlat }: PlanSaid): Text {
  if (!spread && isFlat) {
    return {
      en: 'The recorded seeds all differ by the same, and so tell no standard deviation of a difference: sizes are in such. Say it by --spread.',
      zh: '已记录的种子差异完全相同，无法得出差异的标准差，因此大小以它为单位。请用 --spread 给出。',
    };
  }
  if (!spread) {
    return {
      en: 'No recorded run tells how far differences lie apart over seeds, so sizes are in standard deviations of a difference. Say it by --spread, or let three seeds tell:',
      zh: '没有已记录的运行能说明差异在种子之间有多分散，因此大小以差异的标准差为单位。可用 --spread 给出，或先训练三个种子：',
    };
  }
  const sd = formatNumber(spread.sd);
  if (!source || !spread.ci95) {
    return {
      en: `The standard deviation of a difference over seeds is taken to be ${spread.sd}.`,
      zh: `差异在种子之间的标准差按 ${spread.sd} 计算。`,
    };
  }
  const interval = formatInterval(spread.ci95);
  const { runs, experiment, levels, seeds, exact } = source;
  const atMost = sizes.length === 1 ? sizes[0]?.chances.find(({ chance }) => chance === 0.8)?.atMost : undefined;
  const upper = formatNumber(spread.ci95[1]);
  const most = atMost === null ? { en: 'more than 1,000', zh: '超过 1000 ' } : { en: `${atMost}`, zh: ` ${atMost} ` };
  return {
    en:
      `The standard deviation of a difference over seeds is ${sd}, 95% interval ${interval}: from ${runs} runs of ` +
      `${experiment}, ${levels} ${exact ? 'levels' : 'other levels'}, ${seeds} seeds.` +
      (atMost === undefined ? '' : ` If it is ${upper}, the upper end, ${most.en} seeds are needed.`),
    zh:
      `差异在种子之间的标准差为 ${sd}，95% 置信区间 ${interval}：来自 ${experiment} 的 ${runs} 次运行，` +
      `${exact ? '' : '其他 '}${levels} 个水平，${seeds} 个种子。` +
      (atMost === undefined ? '' : `如果它是上限 ${upper}，就需要${most.zh}个种子。`),
  };
}

function toTrain({ plan: { spread, sizes }, add, look, jobs }: PlanSaid): Text | null {
  if (!spread) return null;
  if (sizes.length > 1) {
    return {
      en: 'Say the smallest difference that matters by --difference.',
      zh: '用 --difference 给出有意义的最小差异。',
    };
  }
  if (!add) return null;
  const { have, more, runs, trainingMs } = add;
  if (runs === 0) return { en: `${have} seeds are recorded: enough.`, zh: `已记录 ${have} 个种子：足够了。` };
  const side = Math.min(jobs, runs);
  const time = trainingMs === null ? null : duration(trainingMs / side);
  const again = look !== null && have > 0;
  return {
    en:
      `${have === 0 ? 'No seed of all is recorded' : `${have} ${have === 1 ? 'seed is' : 'seeds are'} recorded`}: ${more} more, ${runs} ${runs === 1 ? 'run' : 'runs'}` +
      (time === null ? '.' : `, about ${time}, ${side} at a time.`) +
      (again ? ` They were looked at: the next is look ${look + 1}, and the plan allows for it.` : ''),
    zh:
      `${have === 0 ? '还没有记录种子' : `已记录 ${have} 个种子`}：再增加 ${more} 个，共 ${runs} 次运行` +
      (time === null ? '。' : `，${side} 个同时训练，大约 ${time}。`) +
      (again ? `已经看过结果：下一次是第 ${look + 1} 次查看，计划已计入。` : ''),
  };
}
