import { useId } from 'react';

interface Props {
  readonly claims: readonly {
    readonly claim: string;
    readonly outcome: 'shown' | 'refuted' | 'undecided';
    /** The sentences with the numbers, one on each line. */
    readonly verdict: string;
  }[];
  /** The names of the outcomes. */
  readonly words: Readonly<Record<'shown' | 'refuted' | 'undecided', string>>;
}

const MARKS = { shown: '✓', refuted: '✗', undecided: '?' } as const;
const COLOURS = { shown: 'text-accent', refuted: 'text-alarm', undecided: 'text-muted' } as const;

/** Claims with their outcomes and the numbers behind them. */
export function ClaimList({ claims, words }: Props) {
  const id = useId();
  return (
    <ul className="space-y-6">
      {claims.map(({ claim, outcome, verdict }, i) => (
        <li key={claim} data-outcome={outcome} aria-labelledby={`${id}${i}`}>
          <p id={`${id}${i}`} className="max-w-[42rem] text-pretty">
            <span className={`font-medium ${COLOURS[outcome]}`}>
              <span aria-hidden>{MARKS[outcome]}</span> {words[outcome]}
            </span>{' '}
            {claim}
          </p>
          <p className="mt-1 max-w-[48rem] whitespace-pre-line text-small text-muted tabular-nums [overflow-wrap:anywhere]">
            {verdict}
          </p>
        </li>
      ))}
    </ul>
  );
}
