import { Basis } from './basis.ts';
import { inverted } from './two-way.ts';

// Normal equations that leave some directions undetermined, as those of a design with missing cells do.

/** Where entries are about 1, smaller values are rounding. */
const NOTHING = 1e-9;

/** An orthonormal basis of the range of a symmetric matrix. */
export const rangeOf = (matrix: readonly Float64Array[]): readonly Float64Array[] =>
  new Basis(matrix.filter((row) => dot(row, row) > NOTHING ** 2)).vectors;

/** Solves matrix x = b within the range of the matrix. */
export function solverOf(matrix: readonly Float64Array[], space: readonly Float64Array[]) {
  const images = space.map((vector) => Float64Array.from(matrix, (row) => dot(row, vector)));
  const inverse = inverted(space.map((a) => Float64Array.from(images, (image) => dot(a, image))));
  return (sums: Float64Array): Float64Array => {
    const right = space.map((vector) => dot(vector, sums));
    const table = new Float64Array(sums.length);
    for (const [i, row] of inverse.entries()) {
      const weight = right.reduce((sum, value, j) => sum + value * (row[j] as number), 0);
      add(table, space[i] as Float64Array, weight);
    }
    return table;
  };
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Adds `weight` times a vector to another, in place. */
export function add(to: Float64Array, vector: Float64Array, weight: number): void {
  for (let i = 0; i < to.length; i++) (to[i] as number) += weight * (vector[i] as number);
}
