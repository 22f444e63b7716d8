'use client';

import { useEffect } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { Swatch } from '#src/charts/swatch.tsx';
import type { Locale } from '#src/i18n/locales.ts';
import { Scroller } from '#src/ui/scroller.tsx';
import type { LabPlan, PlaneOfPaths } from '../model/plan.ts';
import { PathsPicture } from './paths-picture.tsx';
import type { useLab } from './use-lab.ts';

interface Props {
  readonly plan: LabPlan;
  readonly planes: readonly PlaneOfPaths[];
  readonly lab: ReturnType<typeof useLab>;
}

/** The loss on a plane of weight space, with the paths of the weights in it: measured anew whenever the trainings rest. */
export function PathsView({ plan, planes, lab }: Props) {
  const t = useTranslations('labs.paths');
  const locale = useLocale() as Locale;
  const { view, change, shown, driver } = lab;
  const { surface, frame } = shown;
  const plane = planes.find(({ id }) => id === view.plane) ?? (planes[0] as PlaneOfPaths);
  const rests = shown.phase === 'ready' && !shown.busy && shown.done > 0;
  useEffect(() => {
    if (rests) driver.survey(plane.cells);
  }, [driver, rests, shown.done, plane]);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const drawn = surface && surface.cells.join() === plane.cells.join() ? surface : null;
  const losses = drawn ? [...drawn.grid.losses].filter(Number.isFinite) : [];
  return (
    <figure className="mt-8" data-testid="paths" data-surveyed={drawn?.step}>
      <figcaption className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <span className="font-medium">{t('title')}</span>
        <label className="flex items-center gap-2 text-small text-muted">
          {t('which')}
          <select className="field" value={plane.id} onChange={({ target }) => change({ plane: target.value })}>
            {planes.map(({ id, name }) => (
              <option key={id} value={id}>
                {name[locale]}
              </option>
            ))}
          </select>
        </label>
      </figcaption>
      <div className="mt-3 grid gap-6 sm:grid-cols-[minmax(0,300px)_minmax(0,1fr)]">
        <PathsPicture
          label={drawn ? t('alt', { step: String(drawn.step) }) : t('none')}
          surface={drawn}
          looks={plan.cells.map(({ look }) => look)}
          at={frame?.step ?? 0}
        />
        <div className="min-w-0 text-small">
          <p className="text-muted">{t('note')}</p>
          <p className="mt-2 text-muted" aria-live="polite">
            {drawn
              ? t('range', {
                  step: String(drawn.step),
                  low: number.format(Math.min(...losses)),
                  high: number.format(Math.max(...losses)),
                })
              : t('none')}
          </p>
        </div>
      </div>
      <div className="mt-4">
        <Scroller label={t('title')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('path')}</th>
                {(['share', 'loss', 'drawn'] as const).map((column) => (
                  <th key={column} scope="col" className="number">
                    {t(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {plane.cells.map((cell, i) => {
                const { name, look } = plan.cells[cell] as LabPlan['cells'][number];
                const path = drawn?.paths[i];
                return (
                  <tr key={name.en}>
                    <th scope="row" className="!text-ink !whitespace-normal font-normal">
                      <span className="flex items-baseline gap-2">
                        <Swatch look={look} />
                        {name[locale]}
                      </span>
                    </th>
                    <td className="number" data-share={path?.share}>
                      {path && Number.isFinite(path.share) ? percent.format(path.share) : '–'}
                    </td>
                    <td className="number" data-loss={path?.loss}>
                      {path ? number.format(path.loss) : '–'}
                    </td>
                    <td className="number">{path ? number.format(path.drawnLoss) : '–'}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroller>
      </div>
    </figure>
  );
}
