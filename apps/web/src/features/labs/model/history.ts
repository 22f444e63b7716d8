/** What the steps of one training measured, as it grows. */
export class History {
  readonly measures: readonly string[];
  #rows = new Float32Array(1024);
  #length = 0;

  constructor(measures: readonly string[]) {
    this.measures = measures;
  }

  /** Steps measured. */
  get count(): number {
    return this.#length / this.measures.length;
  }

  /** @param rows [steps, measures] */
  add(rows: Float32Array): void {
    while (this.#length + rows.length > this.#rows.length) {
      const grown = new Float32Array(2 * this.#rows.length);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    this.#rows.set(rows, this.#length);
    this.#length += rows.length;
  }

  /** What a step measured; NaN of one that is not there. */
  at(step: number, measure: string): number {
    const column = this.measures.indexOf(measure);
    if (column < 0 || step < 0 || step >= this.count) return Number.NaN;
    return this.#rows[step * this.measures.length + column] as number;
  }
}
