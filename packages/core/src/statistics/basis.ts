/** A column of which a smaller share is left is rounding: it adds nothing to the columns before it. */
const DEPENDENT = 1e-9;

/**
 * An orthonormal basis that grows by columns, for least squares: what it leaves of the measured values is what a model
 * with these columns does not explain. A column that depends on earlier ones adds nothing, so a design in which
 * something cannot be told apart needs no special case (modified Gram-Schmidt, done twice, which is enough: Giraud
 * 2005).
 */
export class Basis {
  readonly #vectors: Float64Array[];

  constructor(columns: Iterable<Float64Array> = [], from?: Basis) {
    this.#vectors = from ? [...from.#vectors] : [];
    for (const column of columns) this.#add(column);
  }

  /** A new basis: this one and more columns. */
  with(columns: Iterable<Float64Array>): Basis {
    return new Basis(columns, this);
  }

  /** The orthonormal vectors, one for each column that was independent of those before it. */
  get vectors(): readonly Float64Array[] {
    return this.#vectors;
  }

  /** How many of the columns were independent. */
  get rank(): number {
    return this.#vectors.length;
  }

  /** The sum of squares of what the columns leave of some values. */
  residual(values: Float64Array): number {
    return squares(this.rest(values));
  }

  #add(column: Float64Array): void {
    const rest = this.rest(column);
    const [left, all] = [squares(rest), squares(column)];
    if (left <= DEPENDENT ** 2 * all) return;
    const norm = Math.sqrt(left);
    this.#vectors.push(rest.map((value) => value / norm));
  }

  /** What the columns leave of some values. */
  rest(column: Float64Array): Float64Array {
    const rest = Float64Array.from(column);
    for (let pass = 0; pass < 2; pass++) {
      for (const vector of this.#vectors) {
        let product = 0;
        for (let i = 0; i < rest.length; i++) product += (vector[i] as number) * (rest[i] as number);
        for (let i = 0; i < rest.length; i++) (rest[i] as number) -= product * (vector[i] as number);
      }
    }
    return rest;
  }
}

function squares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
