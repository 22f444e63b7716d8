'use client';

import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';

// The Tab key stops at two cells of the grid, one in the header and one among the rows, so that runs are reachable without
// knowing other keys. From there arrow keys move the focus (WAI-ARIA grid pattern). The header is row -1.

export const HEADER = -1;

export interface GridCell {
  readonly row: number;
  readonly column: number;
}

interface Options {
  readonly grid: RefObject<HTMLElement | null>;
  readonly rows: number;
  readonly columns: number;
  /** The column at which the Tab key stops first. */
  readonly first: number;
  /** How many rows the page keys move. */
  readonly page: () => number;
  /** Scrolls a row into view, so that it is drawn. */
  readonly show: (row: number) => void;
}

export interface GridFocus {
  /** The cell that has the focus, or had it last. */
  readonly active: GridCell;
  /** The cell at which the Tab key stops among the rows. */
  readonly stop: GridCell;
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
  readonly onFocus: (event: FocusEvent) => void;
  /** Moves the focus to a cell. */
  readonly go: (row: number, column: number) => void;
  /** Moves the stop along with its run when rows were inserted above it. */
  readonly shift: (by: number) => void;
  readonly tabIndex: (row: number, column: number) => 0 | -1;
}

/** The element of a cell that takes the focus: its link, checkbox or button, else the cell itself. */
const targetIn = (cell: Element): HTMLElement | null =>
  cell.querySelector<HTMLElement>('[data-widget]') ?? (cell as HTMLElement);

/** The cell that contains an element. */
function cellAt(target: EventTarget): GridCell | null {
  const cell = (target as Element).closest('[data-cell]')?.getAttribute('data-cell');
  if (!cell) return null;
  const [row = HEADER, column = 0] = cell.split(':').map(Number);
  return { row, column };
}

/** Keyboard navigation of a grid. */
export function useGridFocus({ grid, rows, columns, first, page, show }: Options): GridFocus {
  const [{ isHeader, header, stop }, setStops] = useState<Stops>({
    isHeader: true,
    header: 0,
    stop: { row: 0, column: first },
  });
  const active = useMemo(() => (isHeader ? { row: HEADER, column: header } : stop), [isHeader, header, stop]);
  const setActive = useCallback((cell: GridCell) => setStops((known) => stoppedAt(known, cell)), []);
  const wanted = useRef<GridCell | null>(null);

  useLayoutEffect(() => {
    const cell = wanted.current;
    const found = cell && grid.current?.querySelector(`[data-cell="${cell.row}:${cell.column}"]`);
    if (!found) return;
    wanted.current = null;
    targetIn(found)?.focus({ preventScroll: cell.row !== HEADER });
    found.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });

  const go = useCallback(
    (row: number, column: number) => {
      const cell = {
        row: Math.max(HEADER, Math.min(rows - 1, row)),
        column: Math.max(0, Math.min(columns - 1, column)),
      };
      wanted.current = cell;
      if (cell.row >= 0) show(cell.row);
      setStops((known) => ({ ...stoppedAt(known, cell) })); // a new object, so that it renders again: the focus may have been elsewhere
    },
    [rows, columns, show],
  );

  const onKeyDown = useCallback(
    (event: KeyboardEvent): boolean => {
      // The focus may have been moved before the page was hydrated.
      const { row, column } = cellAt(event.target) ?? active;
      const far = event.ctrlKey || event.metaKey;
      const steps: Readonly<Record<string, readonly [number, number]>> = {
        ArrowUp: [far ? HEADER : row - 1, column],
        ArrowDown: [far ? rows - 1 : row + 1, column],
        ArrowLeft: [row, far ? 0 : column - 1],
        ArrowRight: [row, far ? columns - 1 : column + 1],
        PageUp: [Math.max(0, row - page()), column],
        PageDown: [row + page(), column],
        Home: far ? [0, 0] : [row, 0],
        End: far ? [rows - 1, columns - 1] : [row, columns - 1],
      };
      const step = event.altKey || event.shiftKey ? undefined : steps[event.key];
      if (!step) return false;
      event.preventDefault();
      go(...step);
      return true;
    },
    [active, rows, columns, page, go],
  );

  const onFocus = useCallback(
    (event: FocusEvent) => {
      const cell = cellAt(event.target);
      if (cell) setActive(cell);
    },
    [setActive],
  );

  const shift = useCallback(
    (by: number) =>
      setStops((known) =>
        known.isHeader ? known : { ...known, stop: { ...known.stop, row: Math.max(0, known.stop.row + by) } },
      ),
    [],
  );

  const tabIndex = (row: number, column: number): 0 | -1 =>
    (row === HEADER ? column === header : row === stop.row && column === stop.column) ? 0 : -1;
  return { active, stop, onKeyDown, onFocus, go, shift, tabIndex };
}

interface Stops {
  /** Whether the focus is, or was last, in the header. */
  readonly isHeader: boolean;
  readonly header: number;
  readonly stop: GridCell;
}

/** The stops after the focus moved to a cell; the same object where nothing changes. */
function stoppedAt(known: Stops, { row, column }: GridCell): Stops {
  if (row === HEADER)
    return known.isHeader && known.header === column ? known : { ...known, isHeader: true, header: column };
  const isSame = known.stop.row === row && known.stop.column === column;
  return isSame && !known.isHeader ? known : { ...known, isHeader: false, stop: isSame ? known.stop : { row, column } };
}
