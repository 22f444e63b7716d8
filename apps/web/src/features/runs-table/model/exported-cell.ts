import { type Cell, parseField, writeValue } from '@whorl/core';

/** A cell for an export: measurements as numbers, everything else as full text, because it names something. */
export function exportedCell(field: string, cell: Cell): string | number | null {
  if (cell === null) return null;
  return typeof cell === 'number' && parseField(field).kind === 'metric' ? cell : writeValue(cell, '');
}
