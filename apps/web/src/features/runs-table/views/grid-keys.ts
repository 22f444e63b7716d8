import type { KeyboardEvent } from 'react';
import type { RunRow } from '../model/windows.ts';
import type { RenameActions } from './name-cell.tsx';
import type { ColumnActions } from './use-column-actions.ts';
import type { ViewColumn } from './use-columns.ts';
import { type GridFocus, HEADER } from './use-grid-focus.ts';
import type { Selecting } from './use-picking.ts';

interface Keys {
  readonly focus: GridFocus;
  /** The column of the focused cell; undefined for the column of checkboxes. */
  readonly column: ViewColumn | undefined;
  readonly actions: ColumnActions;
  readonly runAt: (row: number) => RunRow | undefined;
  readonly rename: RenameActions | null;
  readonly selecting: Selecting | null;
  readonly pick: (event: KeyboardEvent, row: number, id: string) => void;
}

/** Handles keys in the grid: they move the focus, and act on the focused cell. */
export function gridKey(event: KeyboardEvent<HTMLDivElement>, keys: Keys): void {
  const { focus, column, actions, runAt, rename, selecting, pick } = keys;
  // React sends events of menus and dialogs here, too, although they are outside of the grid.
  if (!event.currentTarget.contains(event.target as Node)) return;
  if (event.target instanceof HTMLInputElement && event.target.type === 'text') return;
  if (focus.onKeyDown(event)) return;
  if (focus.active.row === HEADER) {
    if (column && headerKey(event, column, actions)) event.preventDefault();
    return;
  }
  const row = runAt(focus.active.row);
  if (!row) return;
  if (event.key === 'F2' && rename) {
    event.preventDefault();
    rename.begin(row.id, String(row.cell('name') ?? ''));
  } else if (event.key === ' ' && selecting && (event.target as HTMLElement).tagName !== 'BUTTON') {
    event.preventDefault();
    pick(event, focus.active.row, row.id);
  } else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && selecting) {
    event.preventDefault();
    selecting.onAll(true);
  }
}

/** By how many pixels a key changes a column's width. */
const STEP = 16;

/** Moves or resizes a column, or opens its menu. */
function headerKey(event: KeyboardEvent, { field, width }: ViewColumn, actions: ColumnActions): boolean {
  const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  if (event.altKey && way !== 0) {
    if (event.shiftKey) actions.resize(field, width + way * STEP);
    else actions.move(field, way);
    return true;
  }
  if (
    (event.altKey && event.key === 'ArrowDown') ||
    (event.shiftKey && event.key === 'F10') ||
    event.key === 'ContextMenu'
  ) {
    (event.target as Element).closest('th')?.querySelector<HTMLElement>('[data-column-menu]')?.click();
    return true;
  }
  return false;
}
