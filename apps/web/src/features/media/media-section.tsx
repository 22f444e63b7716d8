'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { StepPlayer } from '#src/charts/step-player.tsx';
import { Section } from '#src/ui/section.tsx';
import { useNearView } from '#src/ui/use-near-view.ts';
import { type MediaRun, mediaRows, stepsOf } from './model/at-step.ts';
import { DocumentRow } from './views/document-row.tsx';
import { MediaFigures } from './views/media-figures.tsx';

interface Props {
  /** One run, or several side by side. */
  readonly runs: readonly MediaRun[];
  /** How many further runs are not shown. */
  readonly left?: number;
}

/**
 * The images, histograms and documents that programs logged with runs; nothing where they logged none. One slider moves everything
 * that has steps.
 */
export function MediaSection(props: Props) {
  const host = useRef<HTMLDivElement>(null);
  const isNear = useNearView(host);
  return <div ref={host}>{isNear && <Media {...props} />}</div>;
}

function Media({ runs, left = 0 }: Props) {
  const t = useTranslations('media');
  const trpc = useTRPC();
  const runIds = useMemo(() => runs.map(({ id }) => id), [runs]);
  const { data: groups } = useQuery(trpc.media.list.queryOptions({ runIds }));
  const rows = useMemo(() => mediaRows(groups ?? [], runIds), [groups, runIds]);
  const figures = rows.filter(({ kind }) => kind === 'image' || kind === 'histogram');
  const documents = rows.filter(({ kind }) => kind === 'document');
  const steps = useMemo(
    () => stepsOf((groups ?? []).filter(({ kind }) => kind === 'image' || kind === 'histogram')),
    [groups],
  );
  // Null follows the latest step while a run logs.
  const [chosen, setChosen] = useState<number | null>(null);
  const at = chosen === null ? steps.length - 1 : steps.findLastIndex((step) => step <= chosen);
  const step = steps[Math.max(0, at)] ?? 0;
  if (figures.length + documents.length === 0) return null;
  return (
    <Section
      title={t('title')}
      note={[t(runs.length > 1 ? 'noteRuns' : 'note'), ...(left > 0 ? [t('left', { count: left })] : [])].join(' ')}
    >
      {figures.length > 0 && (
        <>
          <MediaFigures rows={figures} runs={runs} step={step} />
          {steps.length > 1 && (
            <div className="sticky bottom-0 z-[5] mt-4 flex items-center gap-4 border-t border-line bg-ground py-2">
              <div className="min-w-0 flex-1">
                <StepPlayer
                  steps={steps}
                  at={Math.max(0, at)}
                  onChange={(next) => setChosen(next >= steps.length - 1 ? null : (steps[next] ?? null))}
                />
              </div>
              <span className="w-28 flex-none text-end text-small text-muted tabular-nums">
                {t('step', { step: String(step) })}
              </span>
            </div>
          )}
        </>
      )}
      {documents.length > 0 && (
        <ul className={figures.length > 0 ? 'mt-8' : ''}>
          {documents.map((row) => (
            <DocumentRow key={row.key} row={row} runs={runs} />
          ))}
        </ul>
      )}
    </Section>
  );
}
