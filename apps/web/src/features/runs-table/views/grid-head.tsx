'use client';

import { useTranslations } from 'use-intl/react';
import type { Selection } from '../model/selection.ts';
import type { Sort } from '../model/sorting.ts';
import type { ColumnMenuHandle } from './column-menu.tsx';
import { HeaderCell } from './header-cell.tsx';
import type { ColumnActions } from './use-column-actions.ts';
import { CHECK_WIDTH, type ViewColumn } from './use-columns.ts';
import { HEADER } from './use-grid-focus.ts';
import type { Selecting } from './use-picking.ts';

interface Props {
  readonly columns: readonly ViewColumn[];
  readonly sort: readonly Sort[];
  readonly actions: ColumnActions;
  readonly menu: ColumnMenuHandle;
  readonly selecting: Selecting | null;
  readonly tabIndex: (row: number, column: number) => 0 | -1;
}

/** The column widths, and the header row. */
export function GridHead({ columns, sort, actions, menu, selecting, tabIndex }: Props) {
  const t = useTranslations('table');
  const lead = selecting ? 1 : 0;
  return (
    <>
      <colgroup>
        {selecting && <col style={{ width: CHECK_WIDTH }} />}
        {columns.map(({ field, style }, i) => (
          <col key={field} style={i === columns.length - 1 ? undefined : { width: style.width }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {selecting && (
            <th scope="col" className="runs-head runs-check" data-cell={`${HEADER}:0`} aria-colindex={1}>
              <SelectAll
                selection={selecting.selection}
                tabIndex={tabIndex(HEADER, 0)}
                label={t('selectAll')}
                onAll={selecting.onAll}
              />
            </th>
          )}
          {columns.map((column, i) => (
            <HeaderCell
              key={column.field}
              column={column}
              at={i + lead}
              sort={sort}
              tabIndex={tabIndex(HEADER, i + lead)}
              actions={actions}
              menu={menu}
            />
          ))}
        </tr>
      </thead>
    </>
  );
}

interface SelectAllProps {
  readonly selection: Selection;
  readonly tabIndex: 0 | -1;
  readonly label: string;
  readonly onAll: (chosen: boolean) => void;
}

function SelectAll({ selection: { all, ids }, tabIndex, label, onAll }: SelectAllProps) {
  return (
    <input
      type="checkbox"
      data-widget=""
      tabIndex={tabIndex}
      className="size-4 align-[-3px] accent-accent"
      ref={(element) => {
        if (element) element.indeterminate = ids.size > 0;
      }}
      checked={all && ids.size === 0}
      onChange={() => onAll(!all)}
      aria-label={label}
      title={label}
    />
  );
}
