'use client';

import { useMemo } from 'react';
import { type Column, changeColumn, clampWidth, moveColumn, placeColumn, toggleColumn } from '../model/columns.ts';
import { nextSort, type Sort } from '../model/sorting.ts';
import type { TableView } from '../model/table-view.ts';

/** The actions of a column's title. */
export interface ColumnActions {
  readonly sort: (field: string, how: 'next' | 'add' | 'lowest' | 'highest') => void;
  readonly move: (field: string, by: number) => void;
  readonly place: (field: string, at: string) => void;
  readonly pin: (field: string, pinned: boolean) => void;
  readonly resize: (field: string, width: number | null) => void;
  readonly hide: (field: string) => void;
  readonly group: (field: string) => void;
}

/** The actions of columns. Each changes the address. */
export function useColumnActions(
  columns: readonly Column[],
  view: TableView,
  change: (changes: Partial<TableView>, how?: 'replace' | 'push') => void,
): ColumnActions {
  return useMemo(() => {
    const show = (cols: Column[]) => change({ cols });
    const sortBy = (sort: Sort) => change({ sort: [sort] }, 'push');
    return {
      sort: (field, how) => {
        if (how === 'lowest' || how === 'highest') sortBy({ field, descending: how === 'highest' });
        else change({ sort: nextSort(view.sort, field, how === 'add') }, 'push');
      },
      move: (field, by) => show(moveColumn(columns, field, by)),
      place: (field, at) => show(placeColumn(columns, field, at)),
      pin: (field, pinned) => show(changeColumn(columns, field, { pinned })),
      resize: (field, width) =>
        show(changeColumn(columns, field, { width: width === null ? null : clampWidth(width) })),
      hide: (field) => show(toggleColumn(columns, field)),
      group: (field) => change({ group: view.group.includes(field) ? view.group : [...view.group, field] }, 'push'),
    };
  }, [columns, view.sort, view.group, change]);
}
