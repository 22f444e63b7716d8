interface Props {
  readonly demonstrations: readonly {
    readonly title: string;
    /** The code that was run. */
    readonly code: string;
    /** Its result. */
    readonly output: string;
    readonly holds: boolean;
  }[];
  readonly words: Readonly<Record<'title' | 'holds' | 'fails', string>>;
}

/** Demonstrations: what was run without training, and its result. */
export function DemonstrationList({ demonstrations, words }: Props) {
  return (
    <ul className="mt-6 max-w-[48rem] border-t border-line text-small" aria-label={words.title}>
      {demonstrations.map(({ title, code, output, holds }) => (
        <li key={`${title} ${code}`} className="grid gap-x-6 border-b border-line py-2 sm:grid-cols-[14rem_1fr]">
          <p>
            <span className={holds ? 'text-accent' : 'text-alarm'}>
              <span aria-hidden>{holds ? '✓' : '✗'}</span>
              <span className="sr-only">{holds ? words.holds : words.fails}</span>
            </span>{' '}
            {title}
          </p>
          <div className="min-w-0 [overflow-wrap:anywhere]">
            <code className="font-mono">{code}</code>
            <p className="text-muted tabular-nums">{output}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
