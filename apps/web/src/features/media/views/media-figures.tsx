'use client';

import { useTranslations } from 'use-intl/react';
import type { MediaGroup } from '#src/contract/media.ts';
import { filesAt, type MediaRow, type MediaRun } from '../model/at-step.ts';
import { HistogramFigure } from './histogram-figure.tsx';
import { ImageFigure } from './image-figure.tsx';

interface Props {
  readonly rows: readonly MediaRow[];
  readonly runs: readonly MediaRun[];
  readonly step: number;
}

/** The images and histograms of each key at a step: of one run all keys side by side, of several runs a row for each key. */
export function MediaFigures({ rows, runs, step }: Props) {
  const [alone, ...others] = runs;
  if (alone && others.length === 0) {
    return (
      <div className="grid grid-cols-1 gap-x-6 gap-y-8 sm:grid-cols-2 lg:grid-cols-3">
        {rows.map(({ key, kind, groups: [group] }) =>
          group ? <Figures key={`${kind} ${key}`} group={group} title={key} step={step} /> : null,
        )}
      </div>
    );
  }
  return rows.map(({ key, kind, groups }) => (
    <div key={`${kind} ${key}`} className="mt-6 first:mt-0">
      <h3 className="mb-2 text-small font-medium [overflow-wrap:anywhere]">
        <bdi>{key}</bdi>
      </h3>
      <div className="grid grid-cols-2 gap-x-4 gap-y-6 sm:grid-cols-3 lg:grid-cols-4">
        {runs.map(({ id, name }, i) => {
          const group = groups[i];
          return group ? (
            <Figures key={id} group={group} title={name} step={step} />
          ) : (
            <Nothing key={id} title={name} why="none" />
          );
        })}
      </div>
    </div>
  ));
}

function Figures({
  group,
  title,
  step,
}: {
  readonly group: MediaGroup;
  readonly title: string;
  readonly step: number;
}) {
  const shown = filesAt(group.files, step);
  if (shown.length === 0) return <Nothing title={title} why="nothing" />;
  return shown.map((file, i) => {
    const named = shown.length > 1 ? `${title} ${i + 1}` : title;
    return group.kind === 'image' ? (
      <ImageFigure
        key={i}
        runId={group.runId}
        file={file}
        ahead={group.files[group.files.indexOf(file) + shown.length]}
        title={named}
      />
    ) : (
      <HistogramFigure key={i} runId={group.runId} file={file} title={named} />
    );
  });
}

/** The place of a run that has nothing (yet). */
function Nothing({ title, why }: { readonly title: string; readonly why: 'none' | 'nothing' }) {
  const t = useTranslations('media');
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 text-small">
        <bdi className="min-w-0 truncate" title={title}>
          {title}
        </bdi>
      </figcaption>
      <p className="grid h-40 place-items-center rounded-[6px] border border-dashed border-line text-small text-muted">
        {t(why)}
      </p>
    </figure>
  );
}
