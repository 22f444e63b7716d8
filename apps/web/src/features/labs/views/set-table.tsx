import { formatNumber } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import type { CellFrame, SetMeasured } from '../model/messages.ts';

const SETS = ['train', 'test'] as const;

interface Props {
  /** Each network, by its name where there are several. */
  readonly rows: readonly { readonly name: string | null; readonly frame: CellFrame | null }[];
}

/** How networks do on the points that they are trained on, and on those that they never see. */
export function SetTable({ rows }: Props) {
  const t = useTranslations('labs.sets');
  const cell = (measured: SetMeasured | undefined, key: keyof SetMeasured) => (
    <td className="py-1 pl-4 text-right tabular-nums" data-measured={measured?.[key]}>
      {measured === undefined ? '–' : shown(measured[key])}
    </td>
  );
  return (
    <table className="w-full text-small">
      <thead>
        <tr className="border-b border-line text-left text-muted">
          <th scope="col" className="py-1 font-normal">
            {t('set')}
          </th>
          <th scope="col" className="py-1 pl-4 text-right font-normal">
            {t('accuracy')}
          </th>
          <th scope="col" className="py-1 pl-4 text-right font-normal">
            {t('loss')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.flatMap(({ name, frame }) =>
          SETS.map((set) => (
            <tr key={`${name} ${set}`} data-set={set}>
              <th scope="row" className="py-1 text-left font-normal">
                {name === null ? t(set) : `${name}, ${t(set)}`}
              </th>
              {cell(frame?.[set], 'accuracy')}
              {cell(frame?.[set], 'loss')}
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

const shown = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : formatNumber(value));
