import type { ReactNode } from 'react';

interface Props {
  readonly question: string;
  /** The answer, which the reader unfolds. */
  readonly children: ReactNode;
}

/** A question that the reader answers before looking. */
export function Check({ question, children }: Props) {
  return (
    <details className="unfolds" data-check>
      <summary>{question}</summary>
      <div>{children}</div>
    </details>
  );
}
