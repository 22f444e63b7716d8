import { factorLabels } from '../naming/level-names.ts';
import { joinTexts, type Text } from '../text/text.ts';
import type { Comparison, Depends, Level, LevelVerdict, Pair } from './comparison.ts';
import { differenceFormat, formatInterval, formatPSentence } from './format-statistics.ts';
import type { Interval } from './student.ts';

// The words for an effect that depends on another factor, on pages and on the command line alike. Levels are named
// already.

/** The part of a comparison at one level of the other factor that is put into words. */
export interface SaidFacet {
  /** The name of that level. */
  readonly level: string;
  readonly comparison: {
    readonly verdict: LevelVerdict;
    readonly levels: readonly Pick<Level, 'level' | 'summary'>[];
  };
}

export interface SaidDepends extends Pick<Depends, 'of' | 'on' | 'p' | 'also' | 'everywhere'> {
  readonly within: readonly SaidFacet[];
}

/** A sentence in parts: what depends on what; what holds at which levels; what else there is to say. */
export interface DependsText {
  readonly lead: Text;
  readonly within: readonly { readonly levels: readonly string[]; readonly said: Text }[];
  readonly rest: readonly Text[];
}

/** @param metric the metric's name within a sentence */
export function dependsText(
  { of, on, p, also, everywhere, within }: SaidDepends,
  metric: Text,
  goal: Comparison['goal'],
): DependsText {
  const labels = factorLabels([...of, ...on, ...also.flat()]);
  const labelOf = new Map([...of, ...on, ...also.flat()].map((path, i) => [path, labels[i] ?? path]));
  const named = (paths: readonly string[]) => paths.map((path) => labelOf.get(path) ?? path).join(' + ');
  const said = within.map(({ level, comparison }) => ({ level, text: facetText(comparison, goal) }));
  const groups = [...new Set(said.map(({ text }) => text.en))].map((en) => said.filter(({ text }) => text.en === en));
  const most = goal === 'lowest' ? { en: 'lowest', zh: '最低' } : { en: 'highest', zh: '最高' };
  const intervals = within.some(({ comparison: { verdict } }) => 'over' in verdict && verdict.over?.ci95);
  return {
    lead: {
      en: `What ${named(of)} does to ${metric.en} depends on ${named(on)} (interaction, ${formatPSentence(p)}${intervals ? '; simultaneous 95% intervals' : ''})`,
      zh: `${named(of)} 对${metric.zh}的影响取决于 ${named(on)}（交互作用，${formatPSentence(p)}${intervals ? '；95% 联合置信区间' : ''}）`,
    },
    within: groups.map((group) => ({
      levels: group.map(({ level }) => level),
      said: (group[0] as (typeof said)[number]).text,
    })),
    rest: [
      ...(everywhere === null
        ? []
        : [
            {
              en: `${everywhere} has the ${most.en} ${metric.en} with each of them: only by how much depends.`,
              zh: `${everywhere} 的${metric.zh}在每种情况下都${most.zh}：不同的只是差距的大小。`,
            },
          ]),
      ...(also.length === 0
        ? []
        : [
            {
              en: `It depends on ${list(also.map(named))} as well.`,
              zh: `它还取决于 ${also.map(named).join('、')}。`,
            },
          ]),
    ],
  };
}

/** A sentence of more parts than this cannot be read. */
const MOST_PARTS = 4;

/** All parts as one text. */
export function inOneGo({ lead, within, rest }: DependsText): Text {
  const parts = within.slice(0, MOST_PARTS).map(({ levels, said }) => ({
    en: `with ${list(levels)} ${said.en}`,
    zh: `${levels.join('、')} 时${said.zh}`,
  }));
  const left = within.slice(MOST_PARTS).reduce((sum, { levels }) => sum + levels.length, 0);
  const more: Text[] = left > 0 ? [{ en: `and ${left} more`, zh: `另有 ${left} 个水平` }] : [];
  const all = joinTexts([...parts, ...more], { en: '; ', zh: '；' });
  return joinTexts([{ en: `${lead.en}: ${all.en}.`, zh: `${lead.zh}：${all.zh}。` }, ...rest], { en: ' ', zh: '' });
}

const list = (names: readonly string[]): string =>
  names.length <= 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

function facetText({ verdict, levels }: SaidFacet['comparison'], goal: Comparison['goal']): Text {
  const side = goal === 'lowest' ? { en: 'below', zh: '低' } : { en: 'above', zh: '高' };
  switch (verdict.kind) {
    case 'best': {
      const { best, over } = verdict;
      const [other, size] = [over.a === best ? over.b : over.a, sizeOf(over)];
      const next = levels.length > 2;
      return {
        en: `${best} is ${size} ${side.en} ${other}${next ? ', the next' : ''}`,
        zh: ` ${best} 比${next ? '第二名 ' : ' '}${other} ${side.zh} ${size}`,
      };
    }
    case 'tied': {
      const { best, tied, over, untested } = verdict;
      if (!over) return { en: 'no difference is shown', zh: '没有显示出差异' };
      const worse = levels
        .filter(({ level, summary }) => summary && ![best, ...tied, ...untested].includes(level))
        .map(({ level }) => level);
      const [size, most] = [sizeOf(over), worse.length > 1];
      return {
        en: `${best} is ${size} ${most ? 'or more ' : ''}${side.en} ${list(worse)}, and not distinguishable from ${list(tied)}`,
        zh: ` ${best} 比 ${worse.join('、')} ${most ? '至少' : ''}${side.zh} ${size}，与 ${tied.join('、')} 的差异不显著`,
      };
    }
    case 'same':
      return {
        en: `${list([verdict.best, ...verdict.same])} are the same within ${verdict.margin}`,
        zh: ` ${[verdict.best, ...verdict.same].join('、')} 在 ${verdict.margin} 以内等效`,
      };
    case 'not-enough-runs':
      return { en: 'too few seeds say anything', zh: '种子太少，无法判断' };
    case 'one-level':
      return { en: 'there are no two levels with a result', zh: '没有两个有结果的水平' };
    case 'contradicted':
      return { en: `there is no verdict`, zh: '无法下结论' };
    case 'confounded':
      return { en: `it is confounded with ${list(verdict.paths)}`, zh: `与 ${verdict.paths.join('、')} 混杂` };
  }
}

/** The difference of a pair, with its interval. */
function sizeOf(pair: Pair): string {
  const { difference = 0, ci95 } = pair;
  const write = differenceFormat([pair]);
  const ends: Interval | null = !ci95 ? null : difference < 0 ? [-ci95[1], -ci95[0]] : ci95;
  return `${write(Math.abs(difference))}${ends ? ` ${formatInterval(ends, write)}` : ''}`;
}
