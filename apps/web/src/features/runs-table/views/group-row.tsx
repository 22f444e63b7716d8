'use client';

import type { Cell } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import type { Look } from '#src/charts/looks.ts';
import { Swatch } from '#src/charts/swatch.tsx';
import { useFormat } from '#src/i18n/use-format.ts';
import { CutName } from '#src/ui/cut-name.tsx';
import type { GroupMetric } from '../model/answers.ts';
import { NAME } from '../model/columns.ts';
import { type CellText, CellValue } from './cell-value.tsx';
import { GroupMean } from './group-mean.tsx';
import { charactersIn, type ViewColumn } from './use-columns.ts';

interface Props {
  /** Its row number. */
  readonly at: number;
  /** What its runs have in common, as text. */
  readonly name: string;
  readonly look: Look | undefined;
  readonly runs: number;
  readonly unfinished: number;
  readonly open: boolean;
  readonly columns: readonly ViewColumn[];
  /** The group's value of a field by which it is grouped; undefined for other fields. */
  readonly cellOf: (field: string) => Cell | undefined;
  readonly metricOf: (field: string) => GroupMetric | undefined;
  readonly checkboxes: boolean;
  readonly tabIndex: (row: number, column: number) => 0 | -1;
  readonly onToggle: () => void;
  readonly textOf: CellText;
}

/** The row of a group: how many runs it has, and their results. */
export function GroupRow(props: Props) {
  const { at, name, look, runs, unfinished, open, columns, cellOf, metricOf, checkboxes, tabIndex, onToggle, textOf } =
    props;
  const t = useTranslations('table');
  const { whole } = useFormat();
  const first = checkboxes ? 1 : 0;
  return (
    <tr className="runs-row runs-group" aria-rowindex={at + 2} data-group={name}>
      {checkboxes && <td className="runs-check" data-cell={`${at}:0`} aria-colindex={1} tabIndex={tabIndex(at, 0)} />}
      {columns.map(({ field, parsed, pinned, numeric, style, room }, c) => {
        const isName = field === NAME;
        const metric = metricOf(field);
        const value = cellOf(field);
        return (
          <td
            key={field}
            className={`runs-cell ${numeric ? 'text-end' : ''}`}
            style={style}
            data-cell={`${at}:${first + c}`}
            data-pinned={pinned ? '' : undefined}
            aria-colindex={first + c + 1}
            tabIndex={isName ? undefined : tabIndex(at, first + c)}
          >
            {isName && (
              <button
                type="button"
                data-widget=""
                tabIndex={tabIndex(at, first + c)}
                className="flex h-8 max-w-full items-center gap-2 font-medium"
                aria-expanded={open}
                title={name}
                onClick={onToggle}
              >
                <svg
                  width="8"
                  height="8"
                  viewBox="0 0 8 8"
                  className={`shrink-0 text-muted ${open ? 'rotate-90' : ''}`}
                  fill="currentColor"
                  aria-hidden="true"
                >
                  <path d="M2 0.500 6.500 4 2 7.500z" />
                </svg>
                {look && <Swatch look={look} />}
                <span className="truncate">
                  <CutName text={name} most={charactersIn(room, true)} />
                </span>
                <span className="shrink-0 font-normal text-muted">{t('groupSize', { count: whole(runs) })}</span>
                {unfinished > 0 && (
                  <span className="shrink-0 font-normal text-caution">{t('unfinished', { count: unfinished })}</span>
                )}
              </button>
            )}
            {metric && <GroupMean metric={metric} runs={runs} text={(value) => textOf(parsed, value)} />}
            {!isName && value !== undefined && <CellValue field={parsed} cell={value} textOf={textOf} />}
          </td>
        );
      })}
    </tr>
  );
}
