import { all } from './judging.ts';
import type { Evidence, Judgement, Study } from './study.ts';

export interface JudgedClaim extends Judgement {
  readonly claim: string;
}

/** What the evidence says of a study's claims, each and together. */
export interface StudyVerdict extends Judgement {
  readonly claim: string;
  readonly claims: readonly JudgedClaim[];
}

/** Judges a study. Together its claims are supported where each is; one that is not makes them not supported. */
export function judgeStudy({ claims }: Pick<Study, 'claims'>, evidence: Evidence): StudyVerdict {
  const judged = claims.map(({ text, judge }): JudgedClaim => ({ claim: text, ...judge(evidence) }));
  return {
    claim: judged.map(({ claim }) => claim).join(' '),
    supported: all(judged.map(({ supported }) => supported)),
    verdict: judged.map(({ verdict }) => verdict).join('\n'),
    numbers: Object.assign({}, ...judged.map(({ numbers }) => numbers)),
    claims: judged,
  };
}
