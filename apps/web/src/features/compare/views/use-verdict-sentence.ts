'use client';

import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import type { Answer } from '#src/contract/comparison.ts';
import type { Question } from '#src/contract/question.ts';
import { useDependsText } from '#src/features/levels/use-depends-text.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { useFormat } from '#src/i18n/use-format.ts';

type Verdict = Answer['verdict'];
type Pair = Extract<Verdict, { kind: 'best' }>['over'];

/** The parts of a question that the sentence names. */
export type AskedOf = Pick<Question, 'by' | 'metric' | 'part'>;

/** Writes a verdict as a sentence, or as two where tied levels need more seeds. */
export function useVerdictSentence() {
  const dependsText = useDependsText();
  const t = useTranslations('comparison.verdict');
  const { list, metricWord, inOne, pSentence } = useStatisticsText();
  const { metric: number } = useFormat();
  const isGuest = String(useReach().kind === 'share'); // guests cannot choose other runs
  return (
    verdict: Verdict,
    { method, margin, goal, levels }: Answer,
    { by, metric, part }: AskedOf,
    nameOfLevel: (level: string) => string,
  ): string => {
    const factors = list(by);
    const word = metricWord(metric, part);
    const ofMetric = { metric: word, isLowest: String(goal === 'lowest') };
    /** The parameters for the best level and another one, from the test of the two. */
    const beside = (best: string, pair: Pair) => ({
      ...ofMetric,
      best: nameOfLevel(best),
      other: nameOfLevel(pair.a === best ? pair.b : pair.a),
      p: pSentence(pair.pAdjusted ?? 1),
      correction: method?.correction ?? 'none',
    });
    /** The parameters for how many seeds one of the two is ahead in. */
    const inOrder = ({ a, b, ties }: NonNullable<Pair['signs']>, isFirst: boolean) => ({
      ahead: isFirst ? a : b,
      seeds: a + b + ties,
      test: method?.spread ?? 'none',
    });
    const difference = (pair: Pair) => number(Math.abs(pair.difference ?? 0));
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
        return t('confounded', { paths: list(verdict.paths), by: factors });
      case 'one-level':
        return oneLevel();
      case 'not-enough-runs': {
        const { pairs, needed, diverged } = verdict;
        return t(diverged > 0 ? 'notEnoughDiverged' : 'notEnough', { pairs, needed, diverged });
      }
      case 'best': {
        const { over, best } = verdict;
        return over.signs
          ? t('bestByOrder', { ...beside(best, over), ...inOrder(over.signs, over.a === best) })
          : t('best', { ...beside(best, over), difference: difference(over) });
      }
      case 'contradicted': {
        const { by: pair, best } = verdict;
        return pair.signs
          ? t('contradictedByOrder', { ...beside(best, pair), ...inOrder(pair.signs, pair.a !== best) })
          : t('contradicted', { ...beside(best, pair), difference: difference(pair) });
      }
      case 'same':
        return t('same', {
          levels: list([verdict.best, ...verdict.same].map(nameOfLevel)),
          metric: word,
          margin: number(verdict.margin),
        });
      case 'tied': {
        const said = t('tied', {
          ...ofMetric,
          margin: margin === null ? 'none' : number(margin),
          best: nameOfLevel(verdict.best),
          tied: list(verdict.tied.map(nameOfLevel)),
        });
        return verdict.needed === null ? said : inOne([said, t('tiedNeeds', { needed: verdict.needed })]);
      }
      case 'too-many-levels':
        return t('tooMany', { levels: verdict.levels, most: verdict.most, by: factors, isGuest });
      case 'no-values':
        return t('noValues', { metric: word });
    }
  };
}
