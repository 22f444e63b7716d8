import { formatNumber } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import type { CellFrame, SetMeasured } from '../model/messages.ts';

const SETS = ['train', 'test'] as const;

/** How a network does on the points that it is trained on, and on those that it never sees. */
export function SetTable({ frame }: { readonly frame: CellFrame | null }) {
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
        {SETS.map((set) => (
          <tr key={set} data-set={set}>
            <th scope="row" className="py-1 text-left font-normal">
              {t(set)}
            </th>
            {cell(frame?.[set], 'accuracy')}
            {cell(frame?.[set], 'loss')}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const shown = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : formatNumber(value));
