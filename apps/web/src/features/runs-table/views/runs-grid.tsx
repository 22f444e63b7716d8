'use client';

import { Menu } from '@base-ui/react/menu';
import type { FieldInfo } from '@whorl/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { usePrinting } from '#src/ui/use-printing.ts';
import type { Sort } from '../model/sorting.ts';
import type { RowsQuery } from '../model/windows.ts';
import { useCellText } from './cell-value.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { GridBody, type RowProps } from './grid-body.tsx';
import { GridHead } from './grid-head.tsx';
import { gridKey } from './grid-keys.ts';
import { useAnchor } from './use-anchor.ts';
import type { ColumnActions } from './use-column-actions.ts';
import type { ViewColumn } from './use-columns.ts';
import { type GridFocus, useGridFocus } from './use-grid-focus.ts';
import { usePicking } from './use-picking.ts';
import { MOST_PRINTED, ROW_HEIGHT, type RowWindow, useRowsInView, useRowWindow } from './use-row-window.ts';
import { useRows } from './use-rows.ts';

interface Props extends RowProps {
  readonly label: string;
  readonly rows: RowsQuery;
  readonly query: string;
  /** The width of all columns, as CSS. */
  readonly width: string;
  readonly sort: readonly Sort[];
  readonly actions: ColumnActions;
  /** What is known of the fields. */
  readonly infos: readonly FieldInfo[];
  /** Called with the number of matching runs. */
  readonly onTotal: (total: number) => void;
}

/** The table itself: rows in view, header, and keyboard navigation. */
export function RunsGrid(props: Props) {
  const { label, rows: asked, query, columns, width, sort, actions, grouped, selecting, rename, renaming } = props;
  const { infos, onTotal } = props;
  const t = useTranslations('table');
  const textOf = useCellText(infos);
  const scroller = useRef<HTMLDivElement>(null);
  const drawn = useRef<RowWindow | null>(null);
  const inView = useRowsInView(drawn);

  const isPrinting = usePrinting();
  const rows = useRows({
    rows: asked,
    query,
    grouped,
    first: isPrinting ? 0 : inView.first,
    last: isPrinting ? MOST_PRINTED - 1 : inView.last,
    direction: inView.direction,
  });
  const { layout, runAt, total, stale } = rows;
  useEffect(() => {
    if (total !== undefined && !stale) onTotal(total);
  }, [total, stale, onTotal]);

  const lead = selecting ? 1 : 0;
  const show = useCallback((row: number) => drawn.current?.scrollToIndex(row, { align: 'auto' }), []);
  const page = useCallback(() => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2), []);
  const focus = useGridFocus({
    grid: scroller,
    rows: layout.count,
    columns: columns.length + lead,
    first: lead,
    page,
    show,
  });
  const window = useRowWindow({ scroller, count: layout.count, stop: focus.stop.row, isPrinting });
  drawn.current = window;

  useAnchor({
    scroller,
    rowHeight: ROW_HEIGHT,
    first: inView.first,
    idAt: (row) => runAt(row)?.id,
    order: stale ? 'stale' : rows.order,
    onShift: focus.shift,
  });
  useEffect(() => {
    if (rows.order && scroller.current) scroller.current.scrollTop = 0;
  }, [rows.order]);
  useFocusAfterRenaming(renaming !== null, focus);
  const { pick, onPick } = usePicking(selecting, rows.idsBetween);

  const [columnMenu] = useState(() => Menu.createHandle<ViewColumn>());
  const column = columns[focus.active.column - lead];
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys and the focus of the grid within */}
      <div
        ref={scroller}
        className="runs-grid"
        onKeyDown={(event) => gridKey(event, { focus, column, actions, runAt, rename, selecting, pick })}
        onFocus={focus.onFocus}
        data-runs-grid=""
      >
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are walked is a grid
          role="grid"
          aria-label={label}
          aria-rowcount={layout.count + 1}
          aria-colcount={columns.length + lead}
          aria-multiselectable={selecting ? true : undefined}
          aria-busy={stale}
          style={{ width }}
          className={stale ? 'runs-stale' : undefined}
        >
          <GridHead {...{ columns, sort, actions, selecting }} menu={columnMenu} tabIndex={focus.tabIndex} />
          <GridBody {...props} {...{ window, rows, focus, onPick, textOf }} />
        </table>
        <ColumnMenu handle={columnMenu} actions={actions} />
        {rows.error && (
          <p role="alert" className="p-3 text-alarm">
            {t('failed', { message: rows.error })}
          </p>
        )}
      </div>
      {isPrinting && <Printed window={window} rows={rows} experimentId={asked.experimentId} />}
      {/* The hint has a fixed place, and is visible while the focus was moved into the table by keyboard. */}
      <p className="runs-hint mt-1 text-small text-muted">{t(selecting ? 'keysHint' : 'keysHintGuest')}</p>
    </>
  );
}

/** Returns the focus to the cell after its name was changed, because the field that had it is gone. */
function useFocusAfterRenaming(isRenaming: boolean, { active, go }: GridFocus): void {
  const was = useRef(false);
  useEffect(() => {
    const ended = was.current && !isRenaming;
    was.current = isRenaming;
    if (ended && document.activeElement === document.body) go(active.row, active.column);
  });
}

/** Below a printed table that lacks runs: how many it has, and the command that lists all. */
function Printed({
  window,
  rows: { layout, runAt },
  experimentId,
}: {
  readonly window: RowWindow;
  readonly rows: ReturnType<typeof useRows>;
  readonly experimentId: string;
}) {
  const t = useTranslations('table');
  const items = window.getVirtualItems();
  const printed = items.filter(({ index }) => layout.at(index).kind === 'group' || runAt(index)).length;
  if (printed >= layout.count) return null;
  return (
    <p className="mt-2 text-small">
      {t('printed', { printed, all: layout.count })} <code>{`whorl ls ${experimentId} --json`}</code>
    </p>
  );
}
