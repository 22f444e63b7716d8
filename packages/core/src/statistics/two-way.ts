// The additive two-way layout, value = row + column + error, by least squares, with whatever cells there are (Yates 1933).

/** The value measured in one cell of the layout; there is at most one for each cell. */
export interface LayoutCell {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/** Rows that are connected through columns: only among them do differences of rows mean anything. */
export interface ConnectedPart {
  readonly rows: readonly number[];
  /** The effect of each row, in the order of `rows`, up to one constant. */
  readonly effects: readonly number[];
  /** The variance of the difference of two rows, by their places in `rows`, in units of the error variance. */
  varianceOf(i: number, j: number): number;
  /** Whether each of its columns holds every one of its rows. */
  readonly complete: boolean;
  /** What the fit leaves of each cell. */
  readonly residuals: readonly LayoutCell[];
  /** Degrees of freedom of the residuals. */
  readonly df: number;
}

/** Fits each connected part of a layout. In complete ones, effects are exact means. */
export const fitTwoWay = (cells: readonly LayoutCell[]): ConnectedPart[] => connected(cells).map(fitPart);

function grouped(cells: readonly LayoutCell[], keyOf: (cell: LayoutCell) => number): Map<number, LayoutCell[]> {
  const groups = new Map<number, LayoutCell[]>();
  for (const cell of cells) {
    const group = groups.get(keyOf(cell));
    if (group) group.push(cell);
    else groups.set(keyOf(cell), [cell]);
  }
  return groups;
}

function connected(cells: readonly LayoutCell[]): LayoutCell[][] {
  const byRow = grouped(cells, ({ row }) => row);
  const byColumn = grouped(cells, ({ column }) => column);
  const seen = new Set<LayoutCell>();
  const parts: LayoutCell[][] = [];
  for (const start of cells) {
    if (seen.has(start)) continue;
    const part: LayoutCell[] = [];
    const waiting = [start];
    const visited = { rows: new Set<number>(), columns: new Set<number>() };
    for (let cell = waiting.pop(); cell; cell = waiting.pop()) {
      if (seen.has(cell)) continue;
      seen.add(cell);
      part.push(cell);
      if (!visited.rows.has(cell.row)) waiting.push(...(byRow.get(cell.row) ?? []));
      if (!visited.columns.has(cell.column)) waiting.push(...(byColumn.get(cell.column) ?? []));
      visited.rows.add(cell.row);
      visited.columns.add(cell.column);
    }
    parts.push(part);
  }
  return parts;
}

function fitPart(cells: readonly LayoutCell[]): ConnectedPart {
  const rows = [...new Set(cells.map(({ row }) => row))].sort((a, b) => a - b);
  const columns = [...new Set(cells.map(({ column }) => column))];
  const place = new Map(rows.map((row, i) => [row, i]));
  const centres = meansBy(cells, ({ column }) => column);
  // Relative to the column's mean: what a column has in common then costs the differences no digits.
  const centred = cells.map((cell) => ({ ...cell, value: cell.value - (centres.get(cell.column) as number) }));
  const complete = cells.length === rows.length * columns.length;
  const inverse = complete ? null : inverseOf(centred, rows.length, place);
  const effects = inverse
    ? solved(inverse, centred, place, rows.length)
    : inOrder(
        meansBy(centred, ({ row }) => row),
        rows,
      );
  const left = centred.map((cell) => ({
    ...cell,
    value: cell.value - (effects[place.get(cell.row) as number] as number),
  }));
  const rest = meansBy(left, ({ column }) => column);
  return {
    rows,
    effects,
    complete,
    varianceOf: (i, j) => (inverse ? contrast(inverse, i, j) : 2 / columns.length),
    residuals: left.map((cell) => ({ ...cell, value: cell.value - (rest.get(cell.column) as number) })),
    df: cells.length - rows.length - columns.length + 1,
  };
}

const inOrder = (means: ReadonlyMap<number, number>, rows: readonly number[]): number[] =>
  rows.map((row) => means.get(row) as number);

function meansBy(cells: readonly LayoutCell[], keyOf: (cell: LayoutCell) => number): Map<number, number> {
  const sums = new Map<number, { n: number; sum: number }>();
  for (const cell of cells) {
    const found = sums.get(keyOf(cell));
    if (found) {
      found.n += 1;
      found.sum += cell.value;
    } else sums.set(keyOf(cell), { n: 1, sum: cell.value });
  }
  return new Map([...sums].map(([key, { n, sum }]) => [key, sum / n]));
}

export type Matrix = readonly Float64Array[];

/**
 * The inverse of the rows' normal equations, with the columns eliminated. The constant that they leave open is fixed by
 * making the effects sum to 0, which changes no difference.
 */
function inverseOf(cells: readonly LayoutCell[], size: number, place: ReadonlyMap<number, number>): Matrix {
  const matrix = Array.from({ length: size }, () => new Float64Array(size).fill(1 / size));
  const add = (i: number, j: number, value: number) => {
    const line = matrix[i] as Float64Array;
    line[j] = (line[j] as number) + value;
  };
  for (const column of grouped(cells, (cell) => cell.column).values()) {
    const places = column.map(({ row }) => place.get(row) as number);
    for (const i of places) {
      add(i, i, 1);
      for (const j of places) add(i, j, -1 / places.length);
    }
  }
  return inverted(matrix);
}

/** The inverse of a symmetric, positive definite matrix, by Gauss and Jordan; it needs no pivoting. */
export function inverted(matrix: Matrix): Matrix {
  const size = matrix.length;
  for (let k = 0; k < size; k++) {
    const pivotLine = matrix[k] as Float64Array;
    const pivot = 1 / (pivotLine[k] as number);
    pivotLine[k] = 1;
    for (let j = 0; j < size; j++) pivotLine[j] = (pivotLine[j] as number) * pivot;
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const line = matrix[i] as Float64Array;
      const factor = line[k] as number;
      if (factor === 0) continue;
      line[k] = 0;
      for (let j = 0; j < size; j++) line[j] = (line[j] as number) - factor * (pivotLine[j] as number);
    }
  }
  return matrix;
}

const contrast = (inverse: Matrix, i: number, j: number): number =>
  (inverse[i]?.[i] ?? 0) + (inverse[j]?.[j] ?? 0) - 2 * (inverse[i]?.[j] ?? 0);

/** The effects of the rows, from values relative to their columns' means. */
function solved(
  inverse: Matrix,
  cells: readonly LayoutCell[],
  place: ReadonlyMap<number, number>,
  size: number,
): number[] {
  const sums = new Float64Array(size);
  for (const { row, value } of cells) {
    const i = place.get(row) as number;
    sums[i] = (sums[i] as number) + value;
  }
  return Array.from(inverse, (line) => line.reduce((sum, weight, j) => sum + weight * (sums[j] as number), 0));
}
