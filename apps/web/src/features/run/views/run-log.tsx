'use client';

import { isoInZone } from '@whorl/core';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTimeZone, useTranslations } from 'use-intl/react';
import { download } from '#src/charts/chart-exports.ts';
import type { Run } from '#src/contract/schemas.ts';
import { CopyButton } from '#src/ui/copy-button.tsx';
import { Section } from '#src/ui/section.tsx';
import { useRunLog } from './use-run-log.ts';

/** The page shows at most this many lines; the download has all. */
const MOST_LINES = 2_000;
/** Within this many pixels a reader counts as being at the end. */
const NEAR_END = 24;
const LINE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) (.*)$/;

interface Props {
  readonly run: Pick<Run, 'id' | 'status'>;
}

/** The log of a run. While the run trains, the log scrolls along as long as the reader is at its end. */
export function RunLogView({ run: { id, status } }: Props) {
  const t = useTranslations('log');
  const timeZone = useTimeZone() ?? 'UTC';
  const live = status === 'running';
  const { parts, state } = useRunLog(id);
  const text = useMemo(
    () => parts.map(({ text, size }) => text ?? `${t('tooLarge', { size: String(size) })}\n`).join(''),
    [parts, t],
  );
  const [follows, setFollows] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const followId = useId();
  useEffect(() => {
    if (live && follows && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text, live, follows]);
  const aside = (
    <div className="flex flex-wrap items-center gap-2">
      {live && (
        <label htmlFor={followId} className="mr-2 inline-flex min-h-8 items-center gap-2 text-small text-muted">
          <input
            id={followId}
            type="checkbox"
            className="accent-accent"
            checked={follows}
            onChange={(event) => setFollows(event.target.checked)}
          />
          {t('follow')}
        </label>
      )}
      <CopyButton text={text} />
      <button
        type="button"
        className="button"
        disabled={text === ''}
        onClick={() => download(`${id}.log`, text, 'text/plain;charset=utf-8')}
      >
        {t('download')}
      </button>
    </div>
  );
  return (
    <Section title={t('title')} {...(text === '' ? {} : { note: t('zone', { zone: timeZone }), aside })}>
      {text === '' ? (
        <p className="text-small text-muted">
          {state === 'failed' ? t('failed') : state === 'reading' ? t('reading') : live ? t('notYet') : t('none')}
        </p>
      ) : (
        <div
          ref={box}
          className="max-h-96 overflow-auto rounded-[6px] bg-sunk p-4 font-mono text-small"
          role="log"
          aria-live="off"
          aria-label={t('title')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          data-log
          onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) =>
            setFollows(scrollTop + clientHeight >= scrollHeight - NEAR_END)
          }
        >
          <Lines text={text} />
        </div>
      )}
    </Section>
  );
}

function Lines({ text }: { readonly text: string }) {
  const t = useTranslations('log');
  const timeZone = useTimeZone() ?? 'UTC';
  const all = useMemo(() => text.trimEnd().split('\n'), [text]);
  const lines = all.slice(-MOST_LINES);
  return (
    <>
      {lines.length < all.length && <p className="text-muted">{t('earlier', { count: all.length - lines.length })}</p>}
      {lines.map((line, i) => {
        const [, written, said = line] = LINE.exec(line) ?? [];
        const shown = written === undefined ? undefined : isoInZone(Date.parse(written), timeZone);
        return (
          <p key={all.length - lines.length + i} className="flex gap-4">
            <time className="w-[12ch] shrink-0 text-muted" dateTime={written} title={shown}>
              {shown?.slice(11, 23)}
            </time>
            <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{said}</span>
          </p>
        );
      })}
    </>
  );
}
