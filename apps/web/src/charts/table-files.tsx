'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { copyText } from '#src/ui/copy-button.tsx';
import { type ChartNumbers, csvFile, download } from './chart-exports.ts';
import { useFileName } from './file-subject.ts';
import { toLatex, toMarkdown } from './table-text.ts';

interface Props {
  readonly title: string;
  readonly numbers: () => ChartNumbers;
}

type Format = 'Markdown' | 'LaTeX';
const FORMATS = ['Markdown', 'LaTeX'] as const satisfies readonly Format[];

/** Exports a table: as CSV with all digits, and as text for a report or a paper. */
export function TableFiles({ title, numbers }: Props) {
  const t = useTranslations('chartFrame');
  const nameOf = useFileName();
  const [copied, setCopied] = useState<Format | null>(null);
  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (format: Format) => {
    copyText(format === 'LaTeX' ? toLatex(numbers()) : toMarkdown(numbers())).then(
      () => setCopied(format),
      () => setCopied(null),
    );
  };
  return (
    <span className="inline-flex flex-wrap items-center gap-2 print:hidden">
      <button
        type="button"
        className="button"
        aria-label={`${t('csv')}: ${title}`}
        onClick={() => download(nameOf(title, 'csv'), csvFile(numbers()))}
      >
        CSV
      </button>
      {FORMATS.map((format) => (
        <button
          key={format}
          type="button"
          className="button"
          aria-label={`${t(format === 'LaTeX' ? 'tableLatex' : 'tableMarkdown')}: ${title}`}
          onClick={() => copy(format)}
        >
          {format}
        </button>
      ))}
      <span className="sr-only" aria-live="polite">
        {copied && t('copied')}
      </span>
      {copied && (
        <span className="text-small text-muted" aria-hidden="true">
          {t('copied')}
        </span>
      )}
    </span>
  );
}
