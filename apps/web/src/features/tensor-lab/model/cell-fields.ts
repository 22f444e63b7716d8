import { textField } from '#src/view/view-state.ts';
import { CELLS, type CellId } from './cells.ts';

/** Longest text of a cell: all of them stand in the address. */
const LONGEST = 1_000;

export const CELL_IDS = Object.keys(CELLS) as CellId[];

/** What each cell says, where it was changed. */
export const CELL_FIELDS = Object.fromEntries(CELL_IDS.map((id) => [id, textField(CELLS[id], LONGEST)]));
