'use client';

import { useTranslations } from 'use-intl/react';
import { useFormat } from '#src/i18n/use-format.ts';
import type { Line } from './line-option.ts';

const MOST_ROWS = 50;

/** The lines in numbers, for readers who do not see the picture. */
export function LineTable({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  const t = useTranslations('chart');
  const { metric } = useFormat();
  return (
    <div className="sr-only">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('line')}</th>
            <th scope="col">{t('points')}</th>
            <th scope="col">{t('first')}</th>
            <th scope="col">{t('last')}</th>
            <th scope="col">{t('lowest')}</th>
            <th scope="col">{t('highest')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, MOST_ROWS).map(({ id, name, values }) => {
            const cells = values.length > 0 ? [values[0], values.at(-1), ...rangeOf(values)] : [];
            return (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{values.length}</td>
                {[0, 1, 2, 3].map((i) => (
                  <td key={i}>{cells[i] === undefined ? '' : metric(cells[i])}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function rangeOf(values: readonly number[]): [number, number] {
  let low = Number.NaN;
  let high = Number.NaN;
  for (const value of values) {
    if (!(value >= low)) low = Number.isNaN(value) ? low : value;
    if (!(value <= high)) high = Number.isNaN(value) ? high : value;
  }
  return [low, high];
}
