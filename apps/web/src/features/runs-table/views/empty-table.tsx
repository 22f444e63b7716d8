'use client';

import { type Expression, type FieldInfo, type UnknownField, unknownFields } from '@whorl/core';
import { useEffect, useState } from 'react';
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
  readonly infos: readonly FieldInfo[];
  readonly onQuery: (query: string) => void;
}

/** Shown below a table without rows: why it is empty, and what to ask instead. */
export function EmptyTable({ query, archived, infos, onQuery }: Props) {
  const t = useTranslations('table');
  const unknown = useUnknownFields(query, infos);
  if (query === '') return <p className="py-6 text-small text-muted">{archived ? t('noArchived') : t('noRuns')}</p>;
  return (
    <div className="py-6 text-small">
      <p className="flex flex-wrap items-center gap-4">
        {t('noMatch')}
        <button type="button" className="button" onClick={() => onQuery('')}>
          {t('clearQuery')}
        </button>
      </p>
      {unknown.map(({ field, likely }) => (
        <p key={field} className="mt-2 flex flex-wrap items-center gap-x-2 text-caution" data-unknown-field={field}>
          {t('noSuchField', { field })}
          {likely !== null && (
            <button type="button" className="link font-mono" onClick={() => onQuery(query.replaceAll(field, likely))}>
              {t('didYouMean', { field: likely })}
            </button>
          )}
        </p>
      ))}
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

const NONE: readonly UnknownField[] = [];

/** The fields of a query that no run has. The parser is loaded already, because the query was typed. */
function useUnknownFields(query: string, infos: readonly FieldInfo[]): readonly UnknownField[] {
  const [unknown, setUnknown] = useState(NONE);
  useEffect(() => {
    let live = true;
    setUnknown(NONE);
    import('@whorl/core/query').then(({ parseQuery }) => {
      if (live) setUnknown(unknownIn(parseQuery, query, infos));
    });
    return () => {
      live = false;
    };
  }, [query, infos]);
  return unknown;
}

/** Null where the query cannot be parsed: the query field shows that. */
function unknownIn(parse: (query: string) => Expression | null, query: string, infos: readonly FieldInfo[]) {
  try {
    const expression = parse(query);
    return expression
      ? unknownFields(
          expression,
          infos.map(({ field }) => field),
        )
      : NONE;
  } catch {
    return NONE;
  }
}
