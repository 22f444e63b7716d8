/**
 * The positions of the points that count, in ascending order of their steps. A resumed run goes back and logs some
 * steps again: of each step, the point recorded last counts. Null where every point counts and all are in order.
 */
export function standing(steps: ArrayLike<number>): Uint32Array | null {
  const n = steps.length;
  let ordered = true;
  for (let i = 1; ordered && i < n; i++) ordered = (steps[i] as number) > (steps[i - 1] as number);
  if (ordered && !(n === 1 && Number.isNaN(steps[0]))) return null;
  const order = Uint32Array.from({ length: n }, (_, i) => i).filter((i) => !Number.isNaN(steps[i]));
  order.sort((a, b) => (steps[a] as number) - (steps[b] as number) || a - b);
  return order.filter((i, at) => at === order.length - 1 || steps[i] !== steps[order[at + 1] as number]);
}

/** The values of a column at these positions; the column itself for null. */
export function pick(column: Float64Array, indices: ArrayLike<number> | null): Float64Array {
  if (indices === null) return column;
  const picked = new Float64Array(indices.length);
  for (let at = 0; at < picked.length; at++) picked[at] = column[indices[at] as number] as number;
  return picked;
}
