import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** The plane through the last of some points that holds most of the path to it. */
export interface PrincipalPlane {
  /** Two orthogonal directions of length 1; a zero vector where the points do not extend in a direction. */
  readonly directions: readonly [Float64Array, Float64Array];
  /** The coordinates of each point in the plane; the last one is (0, 0). */
  readonly coordinates: readonly (readonly [number, number])[];
  /** The share of the squared distances to the last point that each direction holds, between 0 and 1. */
  readonly shares: readonly [number, number];
}

/**
 * Principal components of the differences to the last point, as Li et al. (2018, "Visualizing the loss landscape of
 * neural nets") draw a path of weights. Computed from the eigenvectors of the Gram matrix, as points are few and long.
 * @param points at least one, all of the same length
 * @throws RangeError for no points
 */
export function principalPlane(points: readonly Float32Array[]): PrincipalPlane {
  const last = points.at(-1);
  if (!last) throw new RangeError('principal plane: expected at least one point, got none');
  const differences = points.map((point) => Float64Array.from(point, (value, i) => value - (last[i] as number)));
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  const gram = new Matrix(differences.map((a) => differences.map((b) => dot(a, b))));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const total = Math.max(gram.trace(), Number.MIN_VALUE);
  const largest = realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0));
  const component = (rank: number) => {
    const direction = new Float64Array(last.length);
    const column = largest[rank];
    const value = column === undefined ? 0 : Math.max(0, realEigenvalues[column] as number);
    // A smaller share is rounding and not a direction.
    if (column === undefined || value <= 1e-12 * total)
      return { direction, coordinates: points.map(() => 0), share: 0 };
    const vector = eigenvectorMatrix.getColumn(column);
    const length = Math.sqrt(value);
    for (const [row, difference] of differences.entries()) {
      const weight = (vector[row] as number) / length;
      for (const [i, element] of difference.entries()) direction[i] = (direction[i] as number) + weight * element;
    }
    return {
      direction,
      coordinates: differences.map((difference) => dot(difference, direction)),
      share: value / total,
    };
  };
  const [first, second] = [component(0), component(1)];
  return {
    directions: [first.direction, second.direction],
    coordinates: points.map((_, i) => [first.coordinates[i] as number, second.coordinates[i] as number]),
    shares: [first.share, second.share],
  };
}
