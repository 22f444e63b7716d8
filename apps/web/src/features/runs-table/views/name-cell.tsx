'use client';

import { LONGEST_NAME } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import type { Look } from '#src/charts/looks.ts';
import { Swatch } from '#src/charts/swatch.tsx';
import { CutName } from '#src/ui/cut-name.tsx';
import { PageLink } from '#src/ui/page-link.tsx';

/** A name that is being changed. */
export interface Renaming {
  readonly id: string;
  readonly text: string;
}

export interface RenameActions {
  readonly begin: (id: string, name: string) => void;
  readonly write: (text: string) => void;
  readonly save: () => void;
  readonly cancel: () => void;
}

interface Props {
  readonly id: string;
  readonly name: string;
  /** How many characters fit on a line. */
  readonly most: number;
  readonly look: Look | undefined;
  readonly tabIndex: 0 | -1;
  /** Null where the viewer cannot rename. */
  readonly rename: RenameActions | null;
  /** The text of the field while the name is being changed. */
  readonly renaming: string | null;
}

/**
 * A name that does not fit on one line takes two smaller ones of the same total height. If it were cut, different runs would
 * look alike.
 */
const TWO_LINES =
  'line-clamp-2 pb-0.5 underline-offset-2 text-balance text-[0.75rem] leading-[0.9375rem] whitespace-normal [overflow-wrap:anywhere]';
const LINES_MORE = 2.4;

/** A run's name as a link to its page. The owner can change it in place. */
export function NameCell({ id, name, most, look, tabIndex, rename, renaming }: Props) {
  const t = useTranslations('table');
  const { runHref } = useReach();
  if (renaming !== null && rename) {
    return (
      <input
        // The field replaces the element that had the focus.
        // biome-ignore lint/a11y/noAutofocus: it is asked for
        autoFocus
        data-widget=""
        className="field h-7 min-h-0 w-full"
        aria-label={t('renameField', { name })}
        value={renaming}
        maxLength={LONGEST_NAME}
        onChange={(event) => rename.write(event.target.value)}
        onFocus={(event) => event.target.value === name && event.target.select()}
        onBlur={rename.save}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') rename.save();
          if (event.key === 'Escape') rename.cancel();
        }}
      />
    );
  }
  const isLong = name.length > most;
  return (
    <span className="relative flex max-w-full items-center gap-2">
      {look && <Swatch look={look} />}
      <PageLink
        href={runHref(id)}
        className={`link ${isLong ? TWO_LINES : 'truncate'}`}
        title={name}
        tabIndex={tabIndex}
        data-widget=""
      >
        <CutName text={name} most={isLong ? Math.floor(LINES_MORE * most) : most} />
      </PageLink>
      {rename && (
        <button
          type="button"
          tabIndex={-1}
          className="runs-rename"
          aria-label={t('renameOne', { name })}
          title={t('rename')}
          onClick={() => rename.begin(id, name)}
        >
          <svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" aria-hidden="true">
            <path d="M1.500 10.500 2 8l6-6 2 2-6 6z" strokeWidth="1.200" strokeLinejoin="round" />
          </svg>
        </button>
      )}
    </span>
  );
}
