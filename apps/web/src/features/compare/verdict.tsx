'use client';

import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import type { Analysis, Answer, DependsAnswer } from '#src/contract/comparison.ts';
import type { Question } from '#src/contract/question.ts';
import { useDependsText } from '#src/features/levels/use-depends-text.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { useFormat } from '#src/i18n/use-format.ts';

interface Props {
  readonly analysis: Analysis;
  readonly question: Question;
  /** What a level of the answer is called on the page. */
  readonly nameOfLevel: (level: string) => string;
}

/** What of a question its answer names. */
type Asked = Pick<Question, 'by' | 'metric' | 'part'>;

/** What the comparison shows, in a sentence or two. */
export function VerdictView({ analysis, question, nameOfLevel }: Props) {
  const text = useVerdictText()(analysis, question, nameOfLevel);
  if (analysis.verdict.kind === 'depends') {
    return <DependsVerdict {...{ analysis, question, nameOfLevel }} verdict={analysis.verdict} />;
  }
  return (
    <p className="mt-4 max-w-[48rem] text-title text-balance" data-testid="verdict" data-kind={analysis.verdict.kind}>
      {text}
    </p>
  );
}

/** That the effect depends on another factor, and below it what it is at each of that one's levels. */
function DependsVerdict({ analysis, question, nameOfLevel, verdict }: Props & { readonly verdict: DependsAnswer }) {
  const { metricWord, list, inOne } = useStatisticsText();
  const { lead, within, rest } = useDependsText()(verdict, metricWord(question.metric, question.part), analysis.goal);
  const more = [...rest, ...useVerdictParts()(analysis, question, nameOfLevel).more];
  return (
    <div className="mt-4 max-w-[48rem]" data-testid="verdict" data-kind="depends">
      <p className="text-title text-balance">{lead}</p>
      <ul className="mt-2 space-y-1">
        {within.map(({ levels, said }) => (
          <li key={levels.join('\n')} className="flex flex-wrap gap-x-3" data-facet={levels.join(' ')}>
            <span className="min-w-24 font-medium [overflow-wrap:anywhere]">{list(levels)}</span>
            <span className="min-w-0 flex-1 basis-64">{said}</span>
          </li>
        ))}
      </ul>
      {more.length > 0 && <p className="mt-2 text-pretty">{inOne(more)}</p>}
    </div>
  );
}

/** Verdicts that are over the levels with a finite value. */
const RANKED = new Set<Answer['verdict']['kind']>([
  'depends',
  'best',
  'same',
  'tied',
  'contradicted',
  'not-enough-runs',
]);

/** The verdict in the reader's language. */
export function useVerdictText() {
  const partsOf = useVerdictParts();
  const { inOne } = useStatisticsText();
  return (...asked: Parameters<typeof partsOf>): string => {
    const { first, more } = partsOf(...asked);
    return inOne([first, ...more]);
  };
}

/** Its first sentence, and what is to be said with it. */
function useVerdictParts() {
  const dependsText = useDependsText();
  const t = useTranslations('comparison.verdict');
  const statistics = useStatisticsText();
  const { metric: number } = useFormat();
  const isGuest = String(useReach().kind === 'share'); // who cannot choose other runs
  const sentenceOf = (
    verdict: Answer['verdict'],
    { method, margin, goal, levels }: Answer,
    { by, metric, part }: Asked,
    nameOfLevel: (level: string) => string,
  ): string => {
    const factors = statistics.list(by);
    const isLowest = String(goal === 'lowest');
    const word = statistics.metricWord(metric, part);
    const oneLevel = () => {
      const finite = levels.filter(({ summary, order }) => summary !== null || order);
      if (finite.length === 0) return t('allDiverged', { metric: word });
      const [only] = finite;
      if (only && levels.length > 1) return t('oneFinite', { level: nameOfLevel(only.level), by: factors });
      return by.length === 0 ? t('nothingVaries') : t('oneLevel', { by: factors });
    };
    switch (verdict.kind) {
      case 'depends':
        return dependsText(verdict, word, goal).whole;
      case 'confounded':
        return t('confounded', { paths: statistics.list(verdict.paths), by: factors });
      case 'one-level':
        return oneLevel();
      case 'not-enough-runs':
        return t(verdict.diverged > 0 ? 'notEnoughDiverged' : 'notEnough', {
          pairs: verdict.pairs,
          needed: verdict.needed,
          diverged: verdict.diverged,
        });
      case 'best': {
        const { over, best } = verdict;
        const other = nameOfLevel(over.a === best ? over.b : over.a);
        if (over.signs) {
          const { a, b, ties } = over.signs;
          return t('bestByOrder', {
            best: nameOfLevel(best),
            isLowest,
            metric: word,
            other,
            ahead: over.a === best ? a : b,
            seeds: a + b + ties,
            p: statistics.pSentence(over.pAdjusted ?? 1),
            correction: method?.correction ?? 'none',
            test: method?.spread ?? 'none',
          });
        }
        return t('best', {
          best: nameOfLevel(best),
          isLowest,
          metric: word,
          difference: number(Math.abs(over.difference ?? 0)),
          other,
          p: statistics.pSentence(over.pAdjusted ?? 1),
          correction: method?.correction ?? 'none',
        });
      }
      case 'contradicted': {
        const { by: pair, best } = verdict;
        if (pair.signs) {
          const { a, b, ties } = pair.signs;
          return t('contradictedByOrder', {
            best: nameOfLevel(best),
            isLowest,
            metric: word,
            other: nameOfLevel(pair.a === best ? pair.b : pair.a),
            ahead: pair.a === best ? b : a,
            seeds: a + b + ties,
            p: statistics.pSentence(pair.pAdjusted ?? 1),
            correction: method?.correction ?? 'none',
            test: method?.spread ?? 'none',
          });
        }
        return t('contradicted', {
          best: nameOfLevel(best),
          isLowest,
          metric: word,
          difference: number(Math.abs(pair.difference ?? 0)),
          other: nameOfLevel(pair.a === best ? pair.b : pair.a),
          p: statistics.pSentence(pair.pAdjusted ?? 1),
          correction: method?.correction ?? 'none',
        });
      }
      case 'same':
        return t('same', {
          levels: statistics.list([verdict.best, ...verdict.same].map(nameOfLevel)),
          metric: word,
          margin: number(verdict.margin),
        });
      case 'tied': {
        const said = t('tied', {
          margin: margin === null ? 'none' : number(margin),
          best: nameOfLevel(verdict.best),
          isLowest,
          metric: word,
          tied: statistics.list(verdict.tied.map(nameOfLevel)),
        });
        return verdict.needed === null ? said : statistics.inOne([said, t('tiedNeeds', { needed: verdict.needed })]);
      }
      case 'too-many-levels':
        return t('tooMany', { levels: verdict.levels, most: verdict.most, by: factors, isGuest });
      case 'no-values':
        return t('noValues', { metric: word });
    }
  };
  return (analysis: Answer, question: Asked, nameOfLevel: (level: string) => string) => {
    const { goal, look, training, verdict, levels } = analysis;
    const sentence = (of: Answer['verdict']) => sentenceOf(of, analysis, question, nameOfLevel);
    const diverged = levels
      .filter(({ summary, order }) => summary === null && !order)
      .map(({ level }) => nameOfLevel(level));
    const untested = 'untested' in verdict ? verdict.untested.map(nameOfLevel) : [];
    const nevers = levels.flatMap(({ level, order }) =>
      order && order.reached < order.seeds
        ? [t('reached', { level: nameOfLevel(level), reached: order.reached, seeds: order.seeds })]
        : [],
    );
    const isTested = verdict.kind !== 'not-enough-runs' && RANKED.has(verdict.kind);
    const isOpen = goal === null && isTested && verdict.kind !== 'same';
    const isTogether = verdict.kind === 'depends' && verdict.of.length < question.by.length;
    const first = verdict.kind === 'tied' ? t('noWinner', { said: sentence(verdict) }) : sentence(verdict);
    return {
      first,
      more: [
        ...(isTogether ? [t('ofAll', { said: sentence(verdict.without) })] : []),
        ...(RANKED.has(verdict.kind) && diverged.length > 0
          ? [t('levelsDiverged', { levels: statistics.list(diverged) })]
          : []),
        ...(untested.length > 0 ? [t('levelsUntested', { levels: statistics.list(untested) })] : []),
        ...(isOpen ? [t('noGoal')] : []),
        ...(nevers.length > 0 ? [t('nevers', { levels: statistics.list(nevers) })] : []),
        ...(isTested && look !== null && look > 1 ? [t('look', { look })] : []),
        ...(training > 0 ? [t('interim', { training })] : []),
      ],
    };
  };
}
