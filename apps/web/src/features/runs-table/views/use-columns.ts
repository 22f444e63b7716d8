'use client';

import {
  type ColumnSizingState,
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type Field, type FieldInfo, parseField } from '@whorl/core';
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import { useNarrow } from '#src/ui/use-narrow.ts';
import {
  type Column,
  changeColumn,
  clampWidth,
  isMeasured,
  LEAST_WIDTH,
  MOST_WIDTH,
  NAME,
  widthOf,
} from '../model/columns.ts';
import { isNumeric } from './cell-value.tsx';

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnResizingFeature,
});

const NO_ROWS: never[] = [];
/** The width of the column of checkboxes. */
export const CHECK_WIDTH = 40;
/** A mean with its interval is wider than a value. */
const GROUPED_WIDTH = 144;

/** Pixels beside a name: swatch, padding and rename button; and the indentation in a group. */
const [BESIDE, INDENT] = [64, 16];
const CHARACTER = 7;

/** How many characters of a name fit into a width in pixels. */
export const charactersIn = (width: number, indented: boolean): number =>
  Math.max(8, Math.floor((width - BESIDE - (indented ? INDENT : 0)) / CHARACTER));

/** The width of pinned columns on a narrow page; `--pin-most` in the stylesheet. */
const NARROW_PIN = 176;

/** A column as rows and headers draw it. */
export interface ViewColumn extends Column {
  readonly parsed: Field;
  readonly numeric: boolean;
  readonly width: number;
  /** How many pixels of it fit on this page. */
  readonly room: number;
  /** Its width and, where it is pinned, its position. */
  readonly style: CSSProperties;
  readonly onResize: (event: unknown) => void;
}

interface Options {
  readonly columns: readonly Column[];
  readonly infos: readonly FieldInfo[];
  readonly grouped: boolean;
  readonly checkboxes: boolean;
  readonly onChange: (columns: Column[]) => void;
}

/** The columns with their sizes and positions. A width is kept here while it is dragged. */
export function useColumns({ columns, infos, grouped, checkboxes, onChange }: Options): {
  readonly columns: readonly ViewColumn[];
  /** The total width, as CSS. */
  readonly width: string;
} {
  const [dragged, setDragged] = useState<ColumnSizingState>({});
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.field,
        size:
          grouped && column.width === null && isMeasured(parseField(column.field)) ? GROUPED_WIDTH : widthOf(column),
        minSize: LEAST_WIDTH,
        maxSize: MOST_WIDTH,
      })),
    [columns, grouped],
  );
  const state = useMemo(
    () => ({
      columnOrder: columns.map(({ field }) => field),
      columnPinning: { start: columns.filter(({ pinned }) => pinned).map(({ field }) => field), end: [] },
      columnSizing: dragged,
    }),
    [columns, dragged],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: NO_ROWS,
    columnResizeMode: 'onChange',
    state,
    onColumnSizingChange: setDragged,
  });

  const resizing = table.state.columnResizing.isResizingColumn;
  const before = useRef<string | false>(false);
  useEffect(() => {
    const ended = before.current !== false && resizing === false ? before.current : null;
    before.current = resizing;
    const width = ended === null ? undefined : dragged[ended];
    if (ended === null || width === undefined) return;
    setDragged({});
    onChange(changeColumn(columns, ended, { width: clampWidth(width) }));
  }, [resizing, dragged, columns, onChange]);

  const numeric = useMemo(
    () => new Set(infos.filter(({ kind }) => kind === 'number').map(({ field }) => field)),
    [infos],
  );
  const isNarrow = useNarrow();
  // On narrow pages pinned columns are narrower, to leave room for the others.
  let start = checkboxes ? `${CHECK_WIDTH}px` : '0px';
  let total = start;
  const drawn = table.getHeaderGroups()[0]?.headers.map((header): ViewColumn => {
    const { id } = header.column;
    const column = columns.find(({ field }) => field === id) ?? { field: id, pinned: false, width: null };
    const width = header.column.getSize();
    const css = column.pinned ? `min(${width}px, var(--pin-most))` : `${width}px`;
    const style: CSSProperties = column.pinned
      ? { width: css, position: 'sticky', left: `calc(${start})` }
      : { width: css };
    if (column.pinned) start = `${start} + ${css}`;
    total = `${total} + ${css}`;
    const parsed = parseField(id);
    return {
      ...column,
      width,
      room: column.pinned && isNarrow ? Math.min(width, NARROW_PIN) : width,
      parsed,
      style,
      numeric: id !== NAME && (isNumeric(parsed) || numeric.has(id)),
      onResize: header.getResizeHandler(),
    };
  });
  return { columns: drawn ?? [], width: `max(100%, calc(${total}))` };
}
