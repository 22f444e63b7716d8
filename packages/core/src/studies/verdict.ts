import { joinTexts, linesOf, type Text } from '../text/text.ts';
import { all } from './judging.ts';
import type { Evidence, Judgement, Study } from './study.ts';

export interface JudgedClaim extends Judgement {
  readonly claim: Text;
}

/** The judgement of a study's claims, each alone and all together. */
export interface StudyVerdict extends Judgement {
  readonly claim: Text;
  readonly claims: readonly JudgedClaim[];
}

/** All claims of a study as one text. */
export const claimOf = ({ claims }: Pick<Study, 'claims'>): Text =>
  joinTexts(
    claims.map(({ text }) => text),
    { en: ' ', zh: '' },
  );

export const OUTCOMES = ['shown', 'refuted', 'undecided'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The outcome of a claim as a word. */
export function outcomeOf({ supported }: Pick<Judgement, 'supported'>): Outcome {
  if (supported === null) return 'undecided';
  return supported ? 'shown' : 'refuted';
}

/** Judges a study: shown where all claims are shown, refuted where one is refuted. */
export function judgeStudy({ claims }: Pick<Study, 'claims'>, evidence: Evidence): StudyVerdict {
  const judged = claims.map(({ text, judge }): JudgedClaim => ({ claim: text, ...judge(evidence) }));
  return {
    claim: claimOf({ claims }),
    supported: all(judged.map(({ supported }) => supported)),
    verdict: linesOf(judged.map(({ verdict }) => verdict)),
    numbers: Object.assign({}, ...judged.map(({ numbers }) => numbers)),
    claims: judged,
  };
}
