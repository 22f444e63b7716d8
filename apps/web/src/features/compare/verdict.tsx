'use client';

import { useTranslations } from 'use-intl/react';
import type { Analysis, Answer, DependsAnswer } from '#src/contract/comparison.ts';
import type { Question } from '#src/contract/question.ts';
import { useDependsText } from '#src/features/levels/use-depends-text.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { type AskedOf, useVerdictSentence } from './views/use-verdict-sentence.ts';

interface Props {
  readonly analysis: Analysis;
  readonly question: Question;
  /** The page's name for a level of the answer. */
  readonly nameOfLevel: (level: string) => string;
}

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

/** The verdict where the effect depends on another factor, followed by the effect at each level of that factor. */
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

/** Verdicts that rank levels, so that levels without a finite value have to be mentioned. */
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

/** The first sentence of a verdict, and further sentences that belong to it. */
function useVerdictParts() {
  const t = useTranslations('comparison.verdict');
  const { list } = useStatisticsText();
  const sentenceOf = useVerdictSentence();
  return (analysis: Answer, question: AskedOf, nameOfLevel: (level: string) => string) => {
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
        ...(RANKED.has(verdict.kind) && diverged.length > 0 ? [t('levelsDiverged', { levels: list(diverged) })] : []),
        ...(untested.length > 0 ? [t('levelsUntested', { levels: list(untested) })] : []),
        ...(isOpen ? [t('noGoal')] : []),
        ...(nevers.length > 0 ? [t('nevers', { levels: list(nevers) })] : []),
        ...(isTested && look !== null && look > 1 ? [t('look', { look })] : []),
        ...(training > 0 ? [t('interim', { training })] : []),
      ],
    };
  };
}
