import { type Comparison, formatPSentence } from '@whorl/core';
import { number } from './output.ts';

const list = (words: readonly string[]): string =>
  words.length <= 1 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** What a comparison whose levels have names shows, in a sentence or two. */
export function verdictSentence(comparison: Comparison): string {
  const { levels, verdict } = comparison;
  const said = sentenceOf(comparison);
  const diverged = levels.filter(({ summary }) => summary === null).map(({ level }) => level);
  const isTold = verdict.kind === 'confounded' || verdict.kind === 'one-level' || diverged.length === 0;
  return isTold ? said : `${said} Every run of ${list(diverged)} diverged.`;
}

function sentenceOf({ metric, by, goal, verdict }: Comparison): string {
  switch (verdict.kind) {
    case 'confounded':
      return (
        `Confounded: the groups differ in ${list(verdict.paths)} as well, so no difference can be laid to ` +
        `${list(by)} alone. Run the full grid, or compare by ${[...by, ...verdict.paths].join(',')}.`
      );
    case 'one-level':
      return `Nothing to compare: there is one level of ${list(by)}.`;
    case 'not-enough-runs': {
      if (verdict.diverged > 0) {
        return (
          `Not enough runs that did not diverge: of some levels ${verdict.pairs} pairs are left and ` +
          `${verdict.diverged} diverged; at least ${verdict.needed} are needed.`
        );
      }
      const found =
        verdict.pairs === 0
          ? 'no two runs share'
          : `only ${verdict.pairs} ${verdict.pairs === 1 ? 'pair shares' : 'pairs share'}`;
      return `Not enough runs: of some levels ${found} a seed and all else, at least ${verdict.needed} pairs are needed.`;
    }
    case 'best': {
      const { over, best } = verdict;
      const other = over.a === best ? over.b : over.a;
      return (
        `${best} has the ${goal} ${metric}: ${number(Math.abs(over.difference ?? 0))} ` +
        `${goal === 'highest' ? 'above' : 'below'} ${other}, the next (${formatPSentence(over.pHolm ?? 1)}, Holm-corrected).`
      );
    }
    case 'contradicted': {
      const { best, by: pair } = verdict;
      const other = pair.a === best ? pair.b : pair.a;
      return (
        `No verdict: ${best} has the ${goal} mean ${metric}, but over the runs that share their seed and all else ` +
        `${other} is ${number(Math.abs(pair.difference ?? 0))} ${goal === 'highest' ? 'above' : 'below'} it ` +
        `(${formatPSentence(pair.pHolm ?? 1)}, Holm-corrected). The means are of runs that have no counterpart, too.`
      );
    }
    case 'tied': {
      const more =
        verdict.needed === null ? '' : ` About ${verdict.needed} pairs would show a difference of this size.`;
      return `No winner: ${verdict.best} has the ${goal} mean ${metric}, not distinguishable from ${list(verdict.tied)}.${more}`;
    }
  }
}
