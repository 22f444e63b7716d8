'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { MediaFile } from '#src/contract/media.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { histogramBars, histogramEnds } from '../model/histogram-bars.ts';

interface Props {
  readonly runId: string;
  readonly file: MediaFile;
  readonly title: string;
}

const [WIDTH, HEIGHT] = [300, 120];

/** A histogram at a step. The one before stays until the next one has been read. */
export function HistogramFigure({ runId, file: { id, step, version }, title }: Props) {
  const t = useTranslations('media');
  const { metric, whole } = useFormat();
  const trpc = useTRPC();
  const { data, isError } = useQuery(
    trpc.media.content.queryOptions({ runIds: [runId], id, version }, { placeholderData: keepPreviousData }),
  );
  const found = data?.kind === 'histogram' ? data : null;
  const bars = found ? histogramBars(found.edges, found.counts) : [];
  const ends = found && histogramEnds(found.edges, found.counts);
  const values = found?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
  const said = step === null ? '' : t('step', { step: String(step) });
  return (
    <figure className="min-w-0" data-media={id}>
      <figcaption className="mb-2 flex justify-between gap-4 text-small">
        <bdi className="min-w-0 truncate" title={title}>
          {title}
        </bdi>
        <span className="flex-none text-muted tabular-nums">{said}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-40 w-full border-b border-line"
        role="img"
        aria-label={t('histogramOf', { key: title, count: whole(values) })}
      >
        {bars.map(({ x, width, height }) => (
          <rect
            key={x}
            x={x * WIDTH}
            y={(1 - height) * HEIGHT}
            width={Math.max(0.5, width * WIDTH)}
            height={height * HEIGHT}
            className="fill-accent"
          />
        ))}
      </svg>
      <p className="mt-1 flex justify-between text-small text-muted tabular-nums">
        <span>{ends && metric(ends[0])}</span>
        <span>{found ? t('values', { count: whole(values) }) : isError || data ? t('unreadable.contents') : ''}</span>
        <span>{ends && metric(ends[1])}</span>
      </p>
    </figure>
  );
}
