'use client';

import { type KeyboardEvent, useId } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Locale } from '#src/i18n/locales.ts';
import { CELLS, type CellId } from '../model/cells.ts';
import { useCell } from './use-cell.ts';

interface Props {
  readonly id: CellId;
  readonly source: string;
  readonly onChange: (source: string) => void;
}

/** Lines to change and run, and what they print. */
export function CellView({ id, source, onChange }: Props) {
  const t = useTranslations('tensorLab');
  const locale = useLocale() as Locale;
  const { run, start, stop, clear } = useCell();
  const titleId = useId();
  const isRunning = run.state === 'running';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    start(source);
  };
  return (
    <section className="border-t border-line py-4" aria-labelledby={titleId} data-cell={id} data-state={run.state}>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h4 id={titleId} className="me-auto font-medium">
          {t(`cells.${id}`)}
        </h4>
        {source !== CELLS[id] && (
          <button
            type="button"
            className="button"
            onClick={() => {
              clear();
              onChange(CELLS[id]);
            }}
          >
            {t('reset')}
          </button>
        )}
        <button type="button" className="button button-primary" onClick={() => (isRunning ? stop() : start(source))}>
          {isRunning ? t('stop') : t('run')}
        </button>
      </div>
      <div className="grid gap-3 lg:grid-cols-2">
        <textarea
          className="field block min-h-24 w-full resize-y overflow-x-auto whitespace-pre !py-2 font-mono text-small leading-6"
          aria-label={t('lines', { name: t(`cells.${id}`) })}
          rows={source.split('\n').length}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          value={source}
          onChange={({ target }) => onChange(target.value)}
          onKeyDown={onKeyDown}
        />
        <div aria-live="polite" className="min-w-0 rounded-[4px] bg-sunk p-2 text-small" data-testid="output">
          {run.state === 'new' && <p className="text-muted">{t('notRun')}</p>}
          {isRunning && <p className="text-muted">{t('running')}</p>}
          {run.state === 'stopped' && <p className="text-caution">{t('stopped')}</p>}
          {run.result && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what is too wide is scrolled by keys
            <section tabIndex={0} className="overflow-x-auto" aria-label={t('printed', { name: t(`cells.${id}`) })}>
              <pre className="!m-0 whitespace-pre !bg-transparent !p-0 font-mono leading-6">
                {run.result.printed.join('\n')}
              </pre>
            </section>
          )}
          {run.result?.error && (
            <>
              <p className="font-mono break-words text-alarm">{run.result.error.line}</p>
              {run.result.error.hint && <p className="mt-1">{run.result.error.hint[locale]}</p>}
            </>
          )}
        </div>
      </div>
    </section>
  );
}
