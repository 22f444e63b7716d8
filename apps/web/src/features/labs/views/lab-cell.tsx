'use client';

import { formatNumber } from '@whorl/core';
import { useLocale, useTranslations } from 'use-intl/react';
import { Swatch } from '#src/charts/swatch.tsx';
import type { Locale } from '#src/i18n/locales.ts';
import type { CellFrame, CellPoints } from '../model/messages.ts';
import type { LabCell } from '../model/plan.ts';
import { FunctionGraph } from './function-graph.tsx';
import { LivePicture } from './live-picture.tsx';

interface Props {
  readonly cell: LabCell;
  readonly step: number;
  readonly frame: CellFrame | null;
  readonly points: CellPoints | null;
  readonly showsUnits: boolean;
  /** The share of units that are above 0 for no point; null where nobody asks. */
  readonly dead: number | null;
}

/** One training: its name, its boundary, and how it does on the points that it sees and on those that it does not. */
export function LabCellView({ cell, step, frame, points, showsUnits, dead }: Props) {
  const t = useTranslations('labs');
  const name = cell.name[useLocale() as Locale];
  const [train, test] = [frame?.train.accuracy, frame?.test.accuracy].map((value) =>
    value === undefined ? '–' : formatAccuracy(value),
  );
  return (
    <figure className="min-w-0" data-training={cell.name.en}>
      <LivePicture
        label={t('alt', { name, step: String(step), train: train ?? '–' })}
        points={points}
        picture={frame?.picture ?? null}
        units={showsUnits && frame ? frame.units : null}
      />
      <figcaption className="mt-1 flex flex-wrap items-baseline gap-x-2 text-small">
        <Swatch look={cell.look} />
        <span className="font-medium">{name}</span>
        <span className="text-muted" data-train={frame?.train.accuracy} data-test={frame?.test.accuracy}>
          {t('accuracies', { train: train ?? '–', test: test ?? '–' })}
        </span>
        {dead !== null && (
          <span className="w-full text-muted">
            {t('dead', { share: Number.isNaN(dead) ? '–' : `${Math.round(100 * dead)} %` })}
          </span>
        )}
      </figcaption>
      {cell.graph && <FunctionGraph name={name} look={cell.look} graph={cell.graph} />}
    </figure>
  );
}

const formatAccuracy = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : formatNumber(value));
