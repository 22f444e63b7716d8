import { type Cell, parseField, writeValue } from '@whorl/core';

/** A cell for a file or a text: what was measured as a number, everything else in full, as it names something. */
export function exportedCell(field: string, cell: Cell): string | number | null {
  if (cell === null) return null;
  return typeof cell === 'number' && parseField(field).kind === 'metric' ? cell : writeValue(cell, '');
}
