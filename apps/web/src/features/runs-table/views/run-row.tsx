'use client';

import { type MouseEvent, memo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Look } from '#src/charts/looks.ts';
import { NAME } from '../model/columns.ts';
import type { RunRow } from '../model/windows.ts';
import { type CellText, CellValue, Pending } from './cell-value.tsx';
import { NameCell, type RenameActions } from './name-cell.tsx';
import { charactersIn, type ViewColumn } from './use-columns.ts';

interface Props {
  /** Its row number. */
  readonly at: number;
  /** Undefined until it has been read. */
  readonly row: RunRow | undefined;
  readonly columns: readonly ViewColumn[];
  /** Whether the row is below that of its group. */
  readonly inGroup: boolean;
  readonly look: Look | undefined;
  /** The column at which the Tab key stops; null where it stops in another row. */
  readonly stop: number | null;
  /** Null where nothing can be selected. */
  readonly selected: boolean | null;
  readonly onPick: (event: MouseEvent, at: number, id: string) => void;
  readonly rename: RenameActions | null;
  readonly renaming: string | null;
  /** A new name that has been saved but not read again yet. */
  readonly savedName: string | undefined;
  readonly textOf: CellText;
}

/** The row of a run. It renders again only when it has changed, so that scrolling renders only new rows. */
export const RunTableRow = memo(function RunTableRow(props: Props) {
  const { at, row, columns, inGroup, look, stop, selected, onPick, rename, renaming, savedName, textOf } = props;
  const t = useTranslations('table');
  const name = savedName ?? String(row?.cell(NAME) ?? '');
  const first = selected === null ? 0 : 1;
  const tabIndex = (column: number): 0 | -1 => (column === stop ? 0 : -1);
  return (
    <tr
      className="runs-row"
      aria-rowindex={at + 2}
      aria-selected={selected ?? undefined}
      data-run={row?.id}
      data-pending={row ? undefined : ''}
    >
      {selected !== null && (
        <td className="runs-check" data-cell={`${at}:0`} aria-colindex={1} tabIndex={row ? undefined : tabIndex(0)}>
          {row && (
            <input
              type="checkbox"
              data-widget=""
              tabIndex={tabIndex(0)}
              className="size-4 align-[-3px] accent-accent"
              checked={selected}
              // `onClick` instead of `onChange`, because it tells whether Shift is held.
              onClick={(event) => onPick(event, at, row.id)}
              onChange={() => {}}
              aria-label={t('selectOne', { name })}
            />
          )}
        </td>
      )}
      {columns.map(({ field, parsed, pinned, numeric, style, room }, c) => {
        const isName = field === NAME;
        return (
          <td
            key={field}
            className={`runs-cell ${numeric ? 'text-end' : ''} ${isName && inGroup ? '!pl-6' : ''}`}
            style={style}
            data-cell={`${at}:${first + c}`}
            data-pinned={pinned ? '' : undefined}
            aria-colindex={first + c + 1}
            tabIndex={isName && row ? undefined : tabIndex(first + c)}
            onDoubleClick={isName && row && rename ? () => rename.begin(row.id, name) : undefined}
          >
            {!row ? (
              <Pending />
            ) : isName ? (
              <NameCell
                id={row.id}
                name={name}
                most={charactersIn(room, inGroup)}
                look={look}
                tabIndex={tabIndex(first + c)}
                rename={rename}
                renaming={renaming}
              />
            ) : (
              <CellValue field={parsed} cell={row.cell(field)} textOf={textOf} />
            )}
          </td>
        );
      })}
    </tr>
  );
});
