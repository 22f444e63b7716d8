'use client';

import { LEVEL_SEPARATOR } from '@whorl/core';
import { Fragment, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { type BoundaryAxes, BoundaryPicture } from '#src/charts/boundary-picture.tsx';
import type { ChartNumbers } from '#src/charts/chart-exports.ts';
import { ChartFrame } from '#src/charts/chart-frame.tsx';
import { ClassLegend, shownClasses } from '#src/charts/class-legend.tsx';
import { classColour, css } from '#src/charts/classes.ts';
import { pictureExports } from '#src/charts/picture-exports.ts';
import { StepPlayer } from '#src/charts/step-player.tsx';
import { load, toPicture, toPoints, useFiles } from '#src/charts/use-pictures.ts';
import type { DataPoints, Frame } from '#src/contract/schemas.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { useNearView } from '#src/ui/use-near-view.ts';
import { type Accuracies, accuracyAt } from './model/accuracies.ts';
import { type DataNames, dataNames } from './model/data-names.ts';
import type { LabelledRun } from './named-run.ts';
import { RunLabel } from './run-label.tsx';

/** A row of pictures that share what its title says. Where a run is missing, the row says so in its place. */
export interface PictureRow {
  readonly title: string;
  readonly pictures: readonly (LabelledRun | { readonly missing: string } | null)[];
}

interface Props {
  readonly runs: readonly LabelledRun[];
  /** How pictures are arranged in rows; without it they follow one another. */
  readonly rows?: readonly PictureRow[];
  readonly frames: readonly Frame[];
  readonly points: readonly DataPoints[];
  /** By run. */
  readonly accuracies: ReadonlyMap<string, Accuracies>;
  readonly reading: boolean;
  /** A title and a note for the pictures, where the page does not have them above. */
  readonly title?: string;
  readonly note?: string;
}

/** About how many characters fit on one line above a picture. */
const ONE_LINE = 18;

/** How many frames before and after the current one are loaded: more of those that come next. */
const [BEHIND, AHEAD] = [1, 3];

/** The decision boundaries of several runs side by side, with one slider for the recorded steps. */
export function Boundaries({ runs, rows, frames, points, accuracies, reading, title, note }: Props) {
  const t = useTranslations('boundary');
  // Null follows the newest step while a run is training.
  const [chosen, setChosen] = useState<number | null>(null);
  const steps = useMemo(() => [...new Set(frames.map(({ step }) => step))].sort((a, b) => a - b), [frames]);
  const at = Math.min(chosen ?? steps.length - 1, Math.max(0, steps.length - 1));
  const step = steps[Math.max(0, at)] ?? 0;
  const byRun = useMemo(() => {
    const map = new Map<string, Frame[]>();
    for (const frame of frames) {
      const own = map.get(frame.runId);
      if (own) own.push(frame);
      else map.set(frame.runId, [frame]);
    }
    return map;
  }, [frames]);

  const names = useMemo(() => dataNames(points), [points]);
  const className = (index: number) => names.classes?.[index] ?? t('class', { index: String(index) });

  const { artifactUrl } = useReach();
  const grid = useRef<HTMLDivElement>(null);
  const classes = Math.max(0, ...frames.map((frame) => frame.classes));
  const exports = pictureExports(
    () =>
      [...(grid.current?.querySelectorAll('canvas') ?? [])].map((canvas, i) => ({
        canvas,
        caption: [runs[i]?.name ?? '', t('stepValue', { step: String(step) })].join(LEVEL_SEPARATOR),
        axes: axesOf(byRun.get(runs[i]?.run.id ?? ''), names, t),
      })),
    (theme) =>
      Array.from({ length: shownClasses(classes) }, (_, index) => ({
        name: className(index),
        colour: css(classColour(theme, index)),
      })),
  );

  if (!reading && frames.length === 0) return <p className="text-muted">{t('none')}</p>;
  const alone = runs.length === 1;
  const isLong = runs.some(({ name }) => name.length > ONE_LINE);
  const seen = runs.map(({ run, name }) => ({
    name,
    frame: byRun.get(run.id)?.findLast((frame) => frame.step <= step),
    accuracy: accuracyAt(accuracies.get(run.id), step),
  }));
  const summary = (): ChartNumbers => ({
    columns: [t('run'), t('step'), t('accuracyColumn')],
    rows: seen.map(({ name, frame, accuracy }) => [name, frame?.step, accuracy]),
  });
  const figureOf = (named: LabelledRun) => (
    <BoundaryFigure
      key={named.run.id}
      named={named}
      alone={alone}
      step={step}
      frames={byRun.get(named.run.id) ?? NO_FRAMES}
      points={points.find(({ runId }) => runId === named.run.id)}
      accuracy={seen[runs.indexOf(named)]?.accuracy}
      names={names}
      isLong={isLong}
    />
  );
  return (
    <div className={alone ? 'max-w-[560px]' : undefined}>
      <ChartFrame
        title={title ?? t('frame')}
        note={note}
        height="auto"
        exports={frames.length > 0 ? exports : null}
        numbers={summary}
        allNumbers={() => cellsOf(seen, names, artifactUrl)}
      >
        <div
          ref={grid}
          className={`grid gap-4 sm:gap-6 ${alone ? '' : `grid-cols-2 sm:grid-cols-3 ${columnsFor(rows)}`}`}
        >
          {rows && !alone
            ? rows.map(({ title, pictures }, row) => (
                <Fragment key={`${row} ${title}`}>
                  <h3 className="col-span-full text-small font-medium" data-testid="boundary-row">
                    {title}
                  </h3>
                  {pictures.map((picture, i) => {
                    if (picture && 'run' in picture) return figureOf(picture);
                    return (
                      <p key={i} className="grid min-h-24 place-items-center text-small text-muted">
                        {picture?.missing}
                      </p>
                    );
                  })}
                </Fragment>
              ))
            : runs.map(figureOf)}
        </div>
        <ClassLegend classes={classes} nameOf={className} />
        <div className={alone ? 'mt-2' : 'sticky bottom-0 z-[5] mt-2 border-t border-line bg-ground py-2'}>
          <StepPlayer
            steps={steps}
            at={Math.max(0, at)}
            onChange={(next) => setChosen(next >= steps.length - 1 ? null : next)}
          />
        </div>
      </ChartFrame>
    </div>
  );
}

/** As many columns as levels, on screens that are wide enough. */
function columnsFor(rows: readonly PictureRow[] | undefined): string {
  const most = Math.max(3, ...(rows ?? []).map(({ pictures }) => pictures.length));
  return (
    ['lg:grid-cols-3 print:grid-cols-3', 'lg:grid-cols-4 print:grid-cols-4', 'lg:grid-cols-5 print:grid-cols-5'][
      most - 3
    ] ?? 'lg:grid-cols-6 print:grid-cols-6'
  );
}

interface Seen {
  readonly name: string;
  readonly frame: Frame | undefined;
}

/** Every cell of the visible pictures: its place and the probability of each class. */
async function cellsOf(
  seen: readonly Seen[],
  { columns, classes: classNames }: DataNames,
  artifactUrl: (runId: string, artifactId: number) => string,
): Promise<ChartNumbers> {
  const classes = Math.max(0, ...seen.map(({ frame }) => frame?.classes ?? 0));
  const rows: (string | number)[][] = [];
  for (const { name, frame } of seen) {
    const picture = frame && toPicture(frame, await load(artifactUrl(frame.runId, frame.artifactId)));
    if (!picture) continue;
    const { grid, extent, probabilities } = picture;
    const place = (i: number) => extent * ((2 * i) / (grid - 1) - 1);
    for (let cell = 0; cell < grid * grid; cell++) {
      const own = probabilities.subarray(cell * picture.classes, (cell + 1) * picture.classes);
      const at = [place(cell % grid), -place(Math.floor(cell / grid))];
      rows.push([name, frame.step, ...at, ...Array.from(own, (value) => value / 255)]);
    }
  }
  const probabilities = Array.from({ length: classes }, (_, c) => (classNames ? `p(${classNames[c]})` : `p${c}`));
  return { columns: ['run', 'step', ...(columns ?? ['x', 'y']), ...probabilities], rows };
}

const NO_FRAMES: readonly Frame[] = [];

interface FigureProps {
  readonly named: LabelledRun;
  readonly alone: boolean;
  readonly step: number;
  /** The run's frames in order of step. */
  readonly frames: readonly Frame[];
  readonly points: DataPoints | undefined;
  /** The accuracy at the step, where it was measured. */
  readonly accuracy: number | undefined;
  readonly names: DataNames;
  /** Whether some name needs two lines: then all pictures keep room for two, so that they are level. */
  readonly isLong: boolean;
}

function BoundaryFigure({ named, alone, step, frames, points, accuracy, names, isLong }: FigureProps) {
  const t = useTranslations('boundary');
  const { metric } = useFormat();
  const { artifactUrl } = useReach();
  const host = useRef<HTMLElement>(null);
  const isNear = useNearView(host);
  const at = frames.findLastIndex((frame) => frame.step <= step);
  const urls = useMemo(() => {
    if (!isNear) return [];
    const url = ({ runId, artifactId }: { runId: string; artifactId: number }) => artifactUrl(runId, artifactId);
    const now = Math.max(0, at);
    const near = [
      frames[now],
      ...frames.slice(now + 1, now + 1 + AHEAD),
      ...frames.slice(Math.max(0, now - BEHIND), now),
    ];
    return [...(points ? [url(points)] : []), ...near.flatMap((frame) => (frame ? [url(frame)] : []))];
  }, [isNear, at, frames, points, artifactUrl]);
  const { get, failed } = useFiles(urls);
  const frame = frames[at];
  const found = frame ? once(frame, get(artifactUrl(frame.runId, frame.artifactId)), toPicture) : null;
  // The previous picture stays until the next one has loaded, so that playing does not flicker.
  const shown = useRef(found);
  if (found || !frame) shown.current = found;
  return (
    <figure ref={host} className="min-w-0">
      {!alone && (
        <figcaption className={`mb-2 min-w-0 text-small ${isLong ? 'h-10' : ''}`}>
          <RunLabel named={named} lines={isLong ? 2 : 1} />
        </figcaption>
      )}
      <BoundaryPicture
        picture={shown.current}
        points={points ? once(points, get(artifactUrl(points.runId, points.artifactId)), toPoints) : null}
        label={t('alt', { name: named.name, step: String(step) })}
        axes={axesOf(frames, names, t)}
        size={alone ? 960 : 640}
      />
      <p className="mt-2 flex flex-wrap justify-between gap-x-4 text-small text-muted">
        <span data-testid="boundary-step">{t('stepValue', { step: String(step) })}</span>
        <span>{accuracy === undefined ? '' : t('accuracy', { value: metric(accuracy) })}</span>
      </p>
      {failed && <p className="text-small text-caution">{t('failed')}</p>}
    </figure>
  );
}

/** The axes of a run's pictures: they all show the same part of the plane. */
const axesOf = (
  frames: readonly Frame[] | undefined,
  { columns, standardized }: DataNames,
  t: ReturnType<typeof useTranslations<'boundary'>>,
): BoundaryAxes => {
  const [x, y] = (columns ?? []).map((name) => (standardized ? t('standardized', { name }) : name));
  return { extent: frames?.[0]?.extent ?? null, x: x ?? t('x'), y: y ?? t('y') };
};

// A canvas is painted again whenever its picture is another object, so the same bytes must give the same object.
const made = new WeakMap<Uint8Array, unknown>();

function once<Item, Made>(item: Item, bytes: Uint8Array | null, make: (item: Item, bytes: Uint8Array) => Made) {
  if (!bytes) return null;
  if (!made.has(bytes)) made.set(bytes, make(item, bytes));
  return made.get(bytes) as Made;
}
