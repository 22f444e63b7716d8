import { type WireSeries, wireNumber } from './wire.ts';

interface Buffer {
  /** How many points of the metric were taken before. */
  taken: number;
  steps: number[];
  values: number[];
  times: number[];
}

/**
 * Points that were logged and are not yet taken for sending. Each metric counts its own, which makes sending twice
 * harmless.
 */
export class PointBuffer {
  readonly #buffers = new Map<string, Buffer>();
  #size = 0;

  /** How many points wait to be taken. */
  get size(): number {
    return this.#size;
  }

  add(key: string, step: number, value: number, time: number): void {
    let buffer = this.#buffers.get(key);
    if (!buffer) {
      buffer = { taken: 0, steps: [], values: [], times: [] };
      this.#buffers.set(key, buffer);
    }
    buffer.steps.push(step);
    buffer.values.push(value);
    buffer.times.push(time);
    this.#size += 1;
  }

  /** Takes all waiting points. */
  take(): WireSeries[] {
    const series: WireSeries[] = [];
    for (const [key, buffer] of this.#buffers) {
      const { taken, steps, values, times } = buffer;
      if (steps.length === 0) continue;
      series.push({ key, offset: taken, steps, values: values.map(wireNumber), times });
      buffer.taken += steps.length;
      buffer.steps = [];
      buffer.values = [];
      buffer.times = [];
    }
    this.#size = 0;
    return series;
  }
}
