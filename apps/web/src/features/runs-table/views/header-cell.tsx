'use client';

import { Menu } from '@base-ui/react/menu';
import type { DragEvent } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Sort } from '../model/sorting.ts';
import type { ColumnMenuHandle } from './column-menu.tsx';
import type { ColumnActions } from './use-column-actions.ts';
import { useColumnNames } from './use-column-names.ts';
import type { ViewColumn } from './use-columns.ts';
import { HEADER } from './use-grid-focus.ts';

interface Props {
  readonly column: ViewColumn;
  /** Its column number. */
  readonly at: number;
  readonly sort: readonly Sort[];
  readonly tabIndex: 0 | -1;
  readonly actions: ColumnActions;
  readonly menu: ColumnMenuHandle;
}

const DRAGGED = 'text/x-whorl-column';

/** A column's title: a click sorts by it, a menu has the other actions. */
export function HeaderCell({ column, at, sort, tabIndex, actions, menu }: Props) {
  const t = useTranslations('table');
  const nameOf = useColumnNames();
  const { field, pinned, numeric, style } = column;
  const { text, path } = nameOf(field);
  const place = sort.findIndex((item) => item.field === field);
  const direction = place < 0 ? undefined : sort[place]?.descending ? 'descending' : 'ascending';
  // The title is draggable, not the whole cell, because the cell's edge resizes the column.
  const drag = {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData(DRAGGED, field);
      event.dataTransfer.effectAllowed = 'move';
    },
  };
  const drop = {
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      const moved = event.dataTransfer.getData(DRAGGED);
      if (moved) actions.place(moved, field);
    },
  };
  return (
    <th
      scope="col"
      className="runs-head group"
      style={{ ...style, zIndex: pinned ? 3 : 2 }}
      data-cell={`${HEADER}:${at}`}
      data-column={field}
      data-pinned={pinned ? '' : undefined}
      data-numeric={numeric ? '' : undefined}
      aria-sort={direction}
      aria-colindex={at + 1}
      {...drop}
    >
      <div className={`flex items-center gap-1 ${numeric ? 'justify-end' : ''}`} {...drag}>
        <button
          type="button"
          data-widget=""
          tabIndex={tabIndex}
          className={`inline-flex h-8 min-w-0 items-center gap-1 hover:text-ink ${path ? 'font-mono' : ''} ${direction ? 'text-ink' : ''}`}
          title={text === field ? field : `${text} (${field})`}
          onClick={(event) => actions.sort(field, event.shiftKey ? 'add' : 'next')}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !event.shiftKey) return;
            event.preventDefault();
            actions.sort(field, 'add');
          }}
        >
          <span className="truncate">{text}</span>
          {direction && <SortMark direction={direction} place={sort.length > 1 ? place + 1 : null} />}
        </button>
        <Menu.Trigger
          handle={menu}
          payload={column}
          tabIndex={-1}
          className="runs-head-menu"
          aria-label={t('columnMenu', { name: text })}
          data-column-menu=""
        >
          <svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" aria-hidden="true">
            <path d="M2.500 4.500 6 8l3.500-3.500" strokeWidth="1.5" />
          </svg>
        </Menu.Trigger>
      </div>
      <span
        className="runs-resizer"
        aria-hidden="true"
        onMouseDown={(event) => {
          // Otherwise the browser would drag whatever is under the pointer once the edge has moved.
          event.preventDefault();
          column.onResize(event);
        }}
        onTouchStart={column.onResize}
        onDoubleClick={() => actions.resize(field, null)}
      />
    </th>
  );
}

function SortMark({
  direction,
  place,
}: {
  readonly direction: 'ascending' | 'descending';
  readonly place: number | null;
}) {
  return (
    <span className="inline-flex items-center text-accent">
      <svg width="8" height="8" viewBox="0 0 8 8" fill="currentColor" aria-hidden="true">
        <path d={direction === 'ascending' ? 'M4 1 7.500 7h-7z' : 'M4 7 .500 1h7z'} />
      </svg>
      {place}
    </span>
  );
}
