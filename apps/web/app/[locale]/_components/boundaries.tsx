'use client';

import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { BoundaryPicture } from '#src/components/charts/boundary-picture.tsx';
import { StepPlayer } from '#src/components/charts/step-player.tsx';
import { toPicture, toPoints, useFiles } from '#src/components/charts/use-pictures.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { type Series, seriesKey } from '#src/live/series.ts';
import type { DataPoints, Frame } from '#src/server/schemas.ts';
import type { NamedRun } from './named-run.ts';
import { RunLabel } from './run-label.tsx';

interface Props {
  readonly runs: readonly NamedRun[];
  readonly frames: readonly Frame[];
  readonly points: readonly DataPoints[];
  readonly series: ReadonlyMap<string, Series>;
  readonly reading: boolean;
}

/** The runs' decision boundaries side by side, moved through the recorded steps by one slider. */
export function Boundaries({ runs, frames, points, series, reading }: Props) {
  const t = useTranslations('boundary');
  const { artifactUrl } = useReach();
  // Null follows the newest step of a run that is still training.
  const [chosen, setChosen] = useState<number | null>(null);
  const steps = useMemo(() => [...new Set(frames.map(({ step }) => step))].sort((a, b) => a - b), [frames]);
  const at = Math.min(chosen ?? steps.length - 1, Math.max(0, steps.length - 1));
  const step = steps[Math.max(0, at)] ?? 0;

  const urls = useMemo(() => {
    const url = ({ runId, artifactId }: { runId: string; artifactId: number }) => artifactUrl(runId, artifactId);
    const newest = runs.flatMap(({ run }) => frames.findLast(({ runId }) => runId === run.id) ?? []);
    return [...points.map(url), ...newest.map(url), ...frames.map(url)];
  }, [frames, points, runs, artifactUrl]);
  const { get, failed } = useFiles(urls);

  if (!reading && frames.length === 0) return <p className="text-muted">{t('none')}</p>;
  const columns = runs.length === 1 ? 'max-w-[480px]' : 'sm:grid-cols-2 lg:grid-cols-3';
  return (
    <div>
      <div className={`grid gap-6 ${columns}`}>
        {runs.map((named) => {
          const frame = frames.findLast((item) => item.runId === named.run.id && item.step <= step) ?? null;
          return (
            <BoundaryFigure
              key={named.run.id}
              named={named}
              alone={runs.length === 1}
              step={step}
              picture={frame && toPictureOnce(frame, get(artifactUrl(frame.runId, frame.artifactId)))}
              points={pointsOf(named.run.id, points, (item) => get(artifactUrl(item.runId, item.artifactId)))}
              series={series.get(seriesKey(named.run.id, 'accuracy'))}
            />
          );
        })}
      </div>
      <div className={`mt-4 ${runs.length === 1 ? 'max-w-[480px]' : ''}`}>
        <StepPlayer
          steps={steps}
          at={Math.max(0, at)}
          onChange={(next) => setChosen(next >= steps.length - 1 ? null : next)}
        />
      </div>
      {failed && <p className="mt-2 text-small text-caution">{t('failed')}</p>}
    </div>
  );
}

interface FigureProps {
  readonly named: NamedRun;
  readonly alone: boolean;
  readonly step: number;
  readonly picture: ReturnType<typeof toPicture>;
  readonly points: ReturnType<typeof toPoints>;
  readonly series: Series | undefined;
}

function BoundaryFigure({ named, alone, step, picture, points, series }: FigureProps) {
  const t = useTranslations('boundary');
  const { metric } = useFormat();
  const accuracy = series && accuracyAt(series, step);
  return (
    <figure>
      {!alone && (
        <figcaption className="mb-2">
          <RunLabel named={named} />
        </figcaption>
      )}
      <BoundaryPicture
        picture={picture}
        points={points}
        label={t('alt', { name: named.name, step: String(step) })}
        size={alone ? 960 : 640}
      />
      <p className="mt-2 flex justify-between gap-4 text-small text-muted">
        <span data-testid="boundary-step">{t('stepValue', { step: String(step) })}</span>
        <span>{accuracy === undefined ? '' : t('accuracy', { value: metric(accuracy) })}</span>
      </p>
    </figure>
  );
}

/** The accuracy measured at a step; after the last update there is none, and the one before it is the nearest. */
function accuracyAt({ steps, values }: Series, step: number): number | undefined {
  const at = steps.findLastIndex((item) => item <= step);
  return at < 0 ? undefined : values[at];
}

// Canvases paint again when their picture is another object: the same bytes must give the same one.
const pictures = new WeakMap<Uint8Array, ReturnType<typeof toPicture>>();
const clouds = new WeakMap<Uint8Array, ReturnType<typeof toPoints>>();

function toPictureOnce(frame: Frame, bytes: Uint8Array | null) {
  if (!bytes) return null;
  if (!pictures.has(bytes)) pictures.set(bytes, toPicture(frame, bytes));
  return pictures.get(bytes) ?? null;
}

function pointsOf(runId: string, points: readonly DataPoints[], get: (item: DataPoints) => Uint8Array | null) {
  const item = points.find((candidate) => candidate.runId === runId);
  const bytes = item ? get(item) : null;
  if (!item || !bytes) return null;
  if (!clouds.has(bytes)) clouds.set(bytes, toPoints(item, bytes));
  return clouds.get(bytes) ?? null;
}
