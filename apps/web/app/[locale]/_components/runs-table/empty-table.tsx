'use client';

import { useTranslations } from 'use-intl/react';

const EXAMPLES = [
  'metrics.accuracy > 0.9',
  'model.activation in ("relu", "gelu") and not tags.broken',
  'status = "failed" or metrics.loss = nan',
  'name like "%seed 1%"',
] as const;

interface Props {
  readonly query: string;
  readonly archived: boolean;
  readonly onQuery: (query: string) => void;
}

/** What stands below a table without rows: why, and what could be asked. */
export function EmptyTable({ query, archived, onQuery }: Props) {
  const t = useTranslations('table');
  if (query === '') return <p className="py-6 text-small text-muted">{archived ? t('noArchived') : t('noRuns')}</p>;
  return (
    <div className="py-6 text-small">
      <p className="flex flex-wrap items-center gap-4">
        {t('noMatch')}
        <button type="button" className="button" onClick={() => onQuery('')}>
          {t('clearQuery')}
        </button>
      </p>
      <p className="mt-4 text-muted">{t('examples')}</p>
      <ul className="mt-1">
        {EXAMPLES.map((example) => (
          <li key={example}>
            <button
              type="button"
              className="link py-1 text-start font-mono break-words"
              onClick={() => onQuery(example)}
            >
              {example}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
