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

  /** All that the first `steps` measured, row by row. */
  upTo(steps: number): Float32Array {
    return this.#rows.subarray(0, Math.min(this.#length, steps * this.measures.length));
  }

  /** What a step measured; NaN of one that is not there. */
  at(step: number, measure: string): number {
    return this.reader(measure)(step);
  }

  /** The same of one measure, for who asks of many steps. */
  reader(measure: string): (step: number) => number {
    const column = this.measures.indexOf(measure);
    const width = this.measures.length;
    return (step) =>
      column < 0 || step < 0 || step >= this.count ? Number.NaN : (this.#rows[step * width + column] as number);
  }
}
