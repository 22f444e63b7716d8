import { formatNumber } from '../text/format-number.ts';
import type { Text } from '../text/text.ts';
import type { Comparison, Depends, Pair } from './comparison.ts';
import { dependsText, inOneGo } from './dependence-text.ts';
import { formatPSentence } from './format-statistics.ts';

/**
 * What a comparison shows, in a sentence or two. Its levels have names already.
 * @param word the metric's name within a sentence
 */
export function verdictOf(comparison: Comparison, word: Text): Text {
  const { goal, levels, verdict, look, training } = comparison;
  const isOpen = goal === null && RANKED.has(verdict.kind);
  const diverged = levels.filter(({ summary, order }) => summary === null && !order).map(({ level }) => level);
  const isTold = verdict.kind === 'confounded' || verdict.kind === 'one-level' || diverged.length === 0;
  const untested = 'untested' in verdict ? verdict.untested : [];
  const nevers = levels.filter(({ order }) => order && order.reached < order.seeds);
  const reached = (of: string) =>
    nevers.map(({ level, order }) => `${level} ${order?.reached}${of}${order?.seeds}`).join(', ');
  const again = look !== null && look > 1 && ASKS_TESTS.has(verdict.kind);
  return {
    en:
      inEnglish(comparison, word.en) +
      (isTold ? '' : ` Every run of ${list(diverged)} diverged.`) +
      (untested.length === 0 ? '' : ` Too few seeds to say anything of ${list(untested)}.`) +
      (isOpen
        ? ' Whether more or less of it is better is not known: say it with --goal highest or --goal lowest.'
        : '') +
      (nevers.length === 0 ? '' : ` Seeds that reached it: ${reached(' of ')}; never is behind every number.`) +
      (again ? ` Seeds were added after a look: this is look ${look}, and the p-values allow for it.` : '') +
      (training > 0 ? ` Interim: ${training} ${training === 1 ? 'run still trains' : 'runs still train'}.` : ''),
    zh:
      inChinese(comparison, apart(word.zh, comparison.metric)) +
      (isTold ? '' : `${diverged.join('、')} 的运行全部发散。`) +
      (untested.length === 0 ? '' : `${untested.join('、')} 的种子太少，无法判断。`) +
      (isOpen ? '这个指标是越高越好还是越低越好并不清楚：请用 --goal highest 或 --goal lowest 指明。' : '') +
      (nevers.length === 0 ? '' : `达到的种子：${reached('/')}；未达到的排在所有数值之后。`) +
      (again ? `看过结果后又增加了种子：这是第 ${look} 次查看，p 值已按多次查看校正。` : '') +
      (training > 0 ? `中期结果：还有 ${training} 次运行在训练。` : ''),
  };
}

/** The names of the levels that have a result. */
const finite = (levels: Comparison['levels']): string[] =>
  levels.flatMap(({ level, summary, order }) => (summary === null && !order ? [] : [level]));

/** The kinds of verdict that rest on tests. */
const ASKS_TESTS = new Set<Comparison['verdict']['kind']>(['depends', 'best', 'same', 'tied', 'contradicted']);

/** The kinds of verdict that name a level because of its mean. */
const RANKED = new Set<Comparison['verdict']['kind']>(['depends', 'best', 'tied', 'contradicted']);

/** Names in a sentence. */
const list = (names: readonly string[]): string =>
  names.length <= 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** In how many seeds a level of the pair is ahead of the other; null where seeds were not only counted. */
const aheadIn = ({ a, signs }: Pair, level: string): { ahead: number; seeds: number } | null =>
  signs ? { ahead: a === level ? signs.a : signs.b, seeds: signs.a + signs.b + signs.ties } : null;

const sizeOf = ({ difference = 0 }: Pair): string => formatNumber(Math.abs(difference));

/** How p-values were adjusted so that all of a comparison hold together. */
const CORRECTIONS: Record<Comparison['method']['correction'], Text> = {
  none: { en: '', zh: '' },
  tukey: { en: ', Tukey-adjusted', zh: '，Tukey 校正' },
  sidak: { en: ', Šidák-adjusted', zh: '，Šidák 校正' },
  bonferroni: { en: ', Bonferroni-adjusted', zh: '，Bonferroni 校正' },
  flips: { en: ', adjusted by sign flips', zh: '，符号翻转校正' },
};

/** The name of the test where only the order of the runs counts. */
const orderTest = ({ spread }: Comparison['method']): Text =>
  spread === 'ranks' ? { en: 'signed-rank test', zh: '符号秩检验' } : { en: 'sign test', zh: '符号检验' };

/** The p-value of a pair in a sentence, with the correction that was applied. */
const pOf = ({ pAdjusted = Number.NaN }: Pair, { correction }: Comparison['method'], language: keyof Text): string =>
  `${formatPSentence(pAdjusted)}${CORRECTIONS[correction][language]}`;

/** Says what the other levels are: shown to be worse or, where nobody said what is better, shown to differ. */
function othersAre(
  { best, same, untested }: Extract<Comparison['verdict'], { kind: 'same' }>,
  { goal, levels }: Pick<Comparison, 'goal' | 'levels'>,
  language: keyof Text,
): string {
  const others = levels
    .filter(({ level, summary }) => summary && level !== best && !same.includes(level) && !untested.includes(level))
    .map(({ level }) => level);
  if (others.length === 0) return '';
  if (language === 'zh') return `${others.join('、')} ${goal === null ? '更低' : '更差'}。`;
  return ` ${list(others)} ${others.length === 1 ? 'is' : 'are'} ${goal === null ? 'lower' : 'worse'}.`;
}

/** A metric's name within a Chinese sentence. Chinese typography sets Latin letters apart by blanks. */
const apart = (word: string, key: string): string => (word === key ? ` ${key} ` : word);

/** Says what the effect depends on. Where several factors are compared together, it adds what their levels say overall. */
function dependsOn(comparison: Comparison, verdict: Depends, word: Text): Text {
  const { goal, by } = comparison;
  const said = inOneGo(dependsText(verdict, word, goal));
  if (verdict.of.length === by.length) return said;
  const all = { ...comparison, verdict: verdict.without };
  return {
    en: `${said.en} Of all combinations: ${inEnglish(all, word.en).replace(/^No winner: /, '')}`,
    zh: `${said.zh}就全部组合而言：${inChinese(all, word.zh).replace(/^难分高下：/, '')}`,
  };
}

function inEnglish(comparison: Comparison, metric: string): string {
  const { by, goal, levels, margin, verdict, method } = comparison;
  const [most, side] = goal === 'lowest' ? ['lowest', 'below'] : ['highest', 'above'];
  switch (verdict.kind) {
    case 'depends':
      return dependsOn(comparison, verdict, { en: metric, zh: metric }).en;
    case 'confounded':
      return (
        `Confounded: the groups differ in ${list(verdict.paths)} as well, so no difference can be laid to ` +
        `${list(by)} alone. Run the full grid, or compare by ${[...by, ...verdict.paths].join(',')}.`
      );
    case 'one-level': {
      const [only] = finite(levels);
      if (!only) return `Every run diverged: there is no ${metric} to compare.`;
      if (levels.length > 1) return `Only ${only} has a result: every run of the other levels of ${list(by)} diverged.`;
      return `Nothing to compare: there is one level of ${list(by)}.`;
    }
    case 'not-enough-runs': {
      const { pairs, needed, diverged } = verdict;
      if (diverged > 0) {
        return (
          `Not enough runs that did not diverge: some levels share ${pairs} ${pairs === 1 ? 'seed' : 'seeds'} without one, and ` +
          `${diverged} ${diverged === 1 ? 'pair of runs has' : 'pairs of runs have'} one; at least ${needed} seeds are needed.`
        );
      }
      const found = pairs === 0 ? 'no seed' : `only ${pairs} ${pairs === 1 ? 'seed' : 'seeds'}`;
      return `Not enough runs: some levels share ${found}, all else the same; at least ${needed} are needed.`;
    }
    case 'best': {
      const { best, over } = verdict;
      const other = over.a === best ? over.b : over.a;
      const order = aheadIn(over, best);
      if (order) {
        return `${best} has the ${most} ${metric}: it is ahead of ${other}, the next, in ${order.ahead} of ${order.seeds} seeds (${orderTest(method).en}, ${pOf(over, method, 'en')}).`;
      }
      return `${best} has the ${most} ${metric}: ${sizeOf(over)} ${side} ${other}, the next (${pOf(over, method, 'en')}).`;
    }
    case 'contradicted': {
      const { best, by: pair } = verdict;
      const other = pair.a === best ? pair.b : pair.a;
      const order = aheadIn(pair, other);
      if (order) {
        return `No verdict: ${best} has the ${most} median ${metric}, but ${other} is ahead of it in ${order.ahead} of ${order.seeds} seeds (${orderTest(method).en}, ${pOf(pair, method, 'en')}).`;
      }
      return (
        `No verdict: ${best} has the ${most} mean ${metric}, but over the runs that share their seed and all else ` +
        `${other} is ${sizeOf(pair)} ${side} it (${pOf(pair, method, 'en')}). The means are of runs that have no counterpart, too.`
      );
    }
    case 'same':
      return (
        `The same: ${list([verdict.best, ...verdict.same])} have the same ${metric} within ${verdict.margin} ` +
        `(two one-sided tests at 5%).${othersAre(verdict, { goal, levels }, 'en')}`
      );
    case 'tied': {
      const { best, tied, needed } = verdict;
      const more = needed === null ? '' : ` About ${needed} seeds show a difference of this size in 80% of the cases.`;
      const nor = margin === null ? '' : `, nor shown to be the same within ${margin}`;
      const centre = levels.some(({ order }) => order) ? 'median' : 'mean';
      return `No winner: ${best} has the ${most} ${centre} ${metric}, not distinguishable from ${list(tied)}${nor}.${more}`;
    }
  }
}

function inChinese(comparison: Comparison, metric: string): string {
  const { by, goal, levels, margin, verdict, method } = comparison;
  const [most, more] = goal === 'lowest' ? ['最低', '低'] : ['最高', '高'];
  switch (verdict.kind) {
    case 'depends':
      return dependsOn(comparison, verdict, { en: metric, zh: metric }).zh;
    case 'confounded':
      return (
        `存在混杂：各组的 ${verdict.paths.join('、')} 也不同，差异不能只归因于 ${by.join('、')}。` +
        `请运行完整的网格，或用 --by ${[...by, ...verdict.paths].join(',')} 比较。`
      );
    case 'one-level': {
      const [only] = finite(levels);
      if (!only) return `所有运行都发散了：没有可比较的${metric}。`;
      if (levels.length > 1) return `只有 ${only} 有结果：${by.join('、')} 其他水平的运行全部发散。`;
      return `没有可比较的内容：${by.join('、')} 只有一个水平。`;
    }
    case 'not-enough-runs': {
      const { pairs, needed, diverged } = verdict;
      if (diverged > 0) {
        return `未发散的运行不够：某些水平之间只剩 ${pairs} 个共同的种子，另有 ${diverged} 对运行发散，至少需要 ${needed} 个种子。`;
      }
      const found = pairs === 0 ? '没有' : `只有 ${pairs} 个`;
      return `运行不够：某些水平之间${found}其他设置相同的共同种子，至少需要 ${needed} 个。`;
    }
    case 'best': {
      const { best, over } = verdict;
      const other = over.a === best ? over.b : over.a;
      const order = aheadIn(over, best);
      if (order) {
        return `${best} 的${metric}${most}：在 ${order.seeds} 个种子中有 ${order.ahead} 个优于第二名 ${other}（${orderTest(method).zh}，${pOf(over, method, 'zh')}）。`;
      }
      return `${best} 的${metric}${most}：比第二名 ${other} ${more} ${sizeOf(over)}（${pOf(over, method, 'zh')}）。`;
    }
    case 'contradicted': {
      const { best, by: pair } = verdict;
      const other = pair.a === best ? pair.b : pair.a;
      const order = aheadIn(pair, other);
      if (order) {
        return `无法下结论：${best} 的${metric}中位数${most}，但在 ${order.seeds} 个种子中有 ${order.ahead} 个是 ${other} 更优（${orderTest(method).zh}，${pOf(pair, method, 'zh')}）。`;
      }
      return (
        `无法下结论：${best} 的${metric}均值${most}，但在种子及其他设置都相同的运行中，${other} 反而比它` +
        `${more} ${sizeOf(pair)}（${pOf(pair, method, 'zh')}）。均值还包括没有配对的运行。`
      );
    }
    case 'same':
      return (
        `等效：${[verdict.best, ...verdict.same].join('、')} 的${metric}相差不到 ${verdict.margin}` +
        `（5% 水平的双单侧检验）。${othersAre(verdict, { goal, levels }, 'zh')}`
      );
    case 'tied': {
      const { best, tied, needed } = verdict;
      const needs = needed === null ? '' : `大约需要 ${needed} 个种子，才有 80% 的把握检出这么大的差异。`;
      const nor = margin === null ? '' : `，也没有证明在 ${margin} 以内等效`;
      const centre = levels.some(({ order }) => order) ? '中位数' : '均值';
      return `难分高下：${best} 的${metric}${centre}${most}，但与 ${tied.join('、')} 的差异不显著${nor}。${needs}`;
    }
  }
}
