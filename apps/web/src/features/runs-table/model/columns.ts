import { type Field, formatField, own, parseField, valueKindOf } from '@whorl/core';

// The columns of a table: which ones, their order and width, and which are pinned.

/** A column shows a field; its id is the field's canonical text. */
export interface Column {
  readonly field: string;
  readonly pinned: boolean;
  /** In px; null for a width that suits the field. */
  readonly width: number | null;
}

/** A column that is always shown: it links to the run's page. */
export const NAME = 'name';

export const LEAST_WIDTH = 64;
export const MOST_WIDTH = 800;

const WRITTEN = /^(!?)([\s\S]*?)(?:@(\d{1,4}))?$/;

/** Parses a column of the address: `!` before it pins it, `@120` after it is its width. */
export function parseColumn(text: string): Column {
  const [, pin, field = '', width] = WRITTEN.exec(text) ?? [];
  return {
    field: formatField(parseField(field)),
    pinned: pin === '!',
    width: width === undefined ? null : clampWidth(Number(width)),
  };
}

/** Writes a column as {@link parseColumn} reads it. */
export const formatColumn = ({ field, pinned, width }: Column): string =>
  `${pinned ? '!' : ''}${field}${width === null ? '' : `@${width}`}`;

export const clampWidth = (width: number): number => Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));

/** Makes columns consistent: each once, with the name, pinned ones first. */
export function orderColumns(columns: readonly Column[]): Column[] {
  const unique = columns.filter((column, i) => columns.findIndex(({ field }) => field === column.field) === i);
  const named = unique.some(({ field }) => field === NAME)
    ? unique
    : [{ field: NAME, pinned: true, width: null }, ...unique];
  return [...named.filter(({ pinned }) => pinned), ...named.filter(({ pinned }) => !pinned)];
}

/** Moves a column by some places among the pinned or among the other columns. */
export function moveColumn(columns: readonly Column[], field: string, by: number): Column[] {
  const from = columns.findIndex((column) => column.field === field);
  const moved = columns[from];
  if (!moved) return [...columns];
  const others = columns.filter((column) => column !== moved);
  const pinned = others.filter((column) => column.pinned).length;
  const [least, most] = moved.pinned ? [0, pinned] : [pinned, others.length];
  const to = Math.min(most, Math.max(least, from + by));
  return [...others.slice(0, to), moved, ...others.slice(to)];
}

/** Moves a column to the place of another one. It becomes pinned if that one is. */
export function placeColumn(columns: readonly Column[], field: string, at: string): Column[] {
  const moved = columns.find((column) => column.field === field);
  const target = columns.find((column) => column.field === at);
  if (!moved || !target || moved === target) return [...columns];
  const forward = columns.indexOf(moved) < columns.indexOf(target);
  return orderColumns(
    columns.flatMap((column) => {
      if (column === moved) return [];
      if (column !== target) return [column];
      const placed = { ...moved, pinned: target.pinned };
      return forward ? [column, placed] : [placed, column];
    }),
  );
}

/** Changes one of the columns. */
export const changeColumn = (columns: readonly Column[], field: string, change: Partial<Column>): Column[] =>
  orderColumns(columns.map((column) => (column.field === field ? { ...column, ...change } : column)));

/** Adds a column for a field, or removes it. */
export const toggleColumn = (columns: readonly Column[], field: string): Column[] =>
  columns.some((column) => column.field === field)
    ? orderColumns(columns.filter((column) => column.field !== field))
    : [...columns, { field, pinned: false, width: null }];

const WIDTHS: Readonly<Record<string, number>> = {
  name: 256,
  status: 112,
  seed: 72,
  duration: 88,
  created: 184,
  started: 184,
  ended: 184,
  id: 200,
  notes: 240,
  command: 320,
  error: 240,
};

/** The width of a column. */
export function widthOf({ field, width }: Column): number {
  if (width !== null) return width;
  const known = own(WIDTHS, field);
  if (known !== undefined) return known;
  const parsed = parseField(field);
  if (parsed.kind === 'metric') return 104;
  return Math.min(224, Math.max(96, 8 * parsed.key.length + 32));
}

/** Whether the field is measured, so that groups of runs have a mean of it. */
export const isMeasured = (field: Field): boolean => valueKindOf(field) === 'number';
