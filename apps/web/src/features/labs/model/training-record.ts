import type { TrainEvent } from '@whorl/core/train';
import { packColumn, packIntegers } from '#src/contract/columns.ts';
import type { RecordedFile, RecordedSeries, Recording } from '#src/contract/recording.ts';

/** What is recorded of a training, without where and of which config. */
export type Trained = Pick<Recording, 'durationMs' | 'engineVersions' | 'series' | 'files'>;

/** Steps, values and times. */
type Growing = readonly [number[], number[], number[]];

/** Hears what a training tells, and gives it as it is sent to be recorded. */
export class TrainingRecord {
  readonly #series = new Map<string, Growing>();
  readonly #files: RecordedFile[] = [];
  /** Updates made. */
  done = 0;

  /** @param at whole ms since the training began */
  hear(event: TrainEvent, at: number): void {
    if (event.kind === 'metrics') this.#add(event.step, event.metrics, at);
    else if (event.kind === 'artifact') {
      const { name, step, data } = event.artifact;
      const held = data instanceof Uint8Array ? { bytes: packIntegers(data) } : { json: JSON.stringify(data) };
      this.#files.push({ name, step, data: held });
    } else
      for (const { step, metrics } of event.steps) {
        this.#add(step, metrics, at);
        this.done = step + 1;
      }
  }

  #add(step: number, metrics: Readonly<Record<string, number>>, at: number): void {
    for (const [key, value] of Object.entries(metrics)) {
      let series = this.#series.get(key);
      if (!series) {
        series = [[], [], []];
        this.#series.set(key, series);
      }
      const [steps, values, times] = series;
      steps.push(step);
      values.push(value);
      times.push(at);
    }
  }

  /** @param durationMs whole ms from its begin to its end */
  ended(durationMs: number, engineVersions: Readonly<Record<string, string>>): Trained {
    const series = [...this.#series].map(([key, [steps, values, times]]): RecordedSeries => {
      return { key, steps: packIntegers(steps), values: packColumn(values), times: packIntegers(times) };
    });
    return { durationMs, engineVersions: { ...engineVersions }, series, files: this.#files };
  }
}
