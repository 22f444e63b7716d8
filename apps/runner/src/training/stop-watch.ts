import type { StopOrigin, Store } from '@whorl/store';

/** Time between two checks. Together with a worker's turn, a run that is asked to stop ends within a second. */
const LOOK_MS = 400;

export interface StopEvents {
  /** The ids of the runs that are training. */
  readonly training: () => readonly string[];
  readonly onRun: (runId: string, from: StopOrigin) => void;
  /** Called when a whole experiment is to stop, including what has not begun. */
  readonly onExperiment: (experimentId: string, from: StopOrigin) => void;
}

/** Watches the record for requests to stop. A request that was already there belongs to an earlier training. */
export class StopWatch {
  readonly #store: Pick<Store, 'runs'>;
  readonly #experimentIds: readonly string[];
  readonly #events: StopEvents;
  readonly #timer: NodeJS.Timeout;
  #seen: ReturnType<Store['runs']['experimentStops']>;

  /** Checks until it is closed. */
  constructor(store: Pick<Store, 'runs'>, experimentIds: readonly string[], events: StopEvents) {
    this.#store = store;
    this.#experimentIds = experimentIds;
    this.#events = events;
    this.#seen = store.runs.experimentStops(experimentIds);
    this.#timer = setInterval(() => {
      try {
        this.#look();
      } catch {
        // A record that is busy is read at the next check. One that is unusable is reported by whoever writes to it.
      }
    }, LOOK_MS);
    this.#timer.unref();
  }

  #look(): void {
    const { training, onRun, onExperiment } = this.#events;
    const stops = this.#store.runs.experimentStops(this.#experimentIds);
    for (const [id, { at, from }] of stops) if (this.#seen.get(id)?.at !== at) onExperiment(id, from);
    this.#seen = stops;
    for (const [id, from] of this.#store.runs.stopRequests(training())) onRun(id, from);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
