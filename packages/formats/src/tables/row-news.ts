import type { Gather } from '../reading/gather.ts';
import type { TableColumns } from './columns.ts';
import { numberOfText, timeOf } from './number-text.ts';

/** A cell of a table: a text, or a JSON value. */
export type RowCell = string | number | boolean | null;

/** What a row of a metrics table says; `place`, the number of rows before it, is its step where it has none. */
export function rowNews(row: ReadonlyMap<string, RowCell>, columns: TableColumns, place: number, gather: Gather): void {
  const { step: stepName, time: timeName, run: runName, long } = columns;
  const step = numberOf(row.get(stepName)) ?? place;
  const told = timeName === null ? undefined : row.get(timeName);
  const time = typeof told === 'string' || typeof told === 'number' ? timeOf(told) : undefined;
  const run = runName === null ? '' : String(row.get(runName) ?? '');
  const point = (key: string, cell: RowCell | undefined): void => {
    const value = numberOf(cell);
    if (value !== undefined) gather.point(run, key, step, value, time ?? Number.NaN);
    else if (cell !== null && cell !== '' && cell !== undefined) gather.unread(run, 'text');
  };
  if (long) {
    point(String(row.get(long.key) ?? ''), row.get(long.value));
    return;
  }
  for (const [name, cell] of row) {
    // A column named as times whose values are none counts something else.
    if (name === stepName || name === runName || (name === timeName && (time !== undefined || cell === ''))) continue;
    point(name, cell);
  }
}

function numberOf(cell: RowCell | undefined): number | undefined {
  if (typeof cell === 'string') return numberOfText(cell.trim());
  if (typeof cell === 'boolean') return Number(cell);
  return cell ?? undefined;
}
