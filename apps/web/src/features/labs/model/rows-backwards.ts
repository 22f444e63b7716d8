/** Rows of a data set, as far as their order goes. */
interface Rows {
  readonly x: Float32Array;
  readonly labels: Int32Array;
  readonly count: number;
  readonly features: number;
}

/**
 * The same rows, the last one first. Where a step sees all of them, its loss and gradients are sums of the same numbers in
 * another order.
 */
export function rowsBackwards<R extends Rows>(data: R): R {
  const { x, features, count } = data;
  const turned = new Float32Array(x.length);
  for (let row = 0; row < count; row++)
    turned.set(x.subarray(row * features, (row + 1) * features), (count - 1 - row) * features);
  return { ...data, x: turned, labels: data.labels.slice().reverse() };
}
