import { createContext, useContext, useSyncExternalStore } from 'react';

// The place on the horizontal axis that the reader points to in one chart, marked in all charts of the page. It is kept
// outside of React's state, because it moves with the pointer and must not make charts draw again.

/** Where the reader points, in the unit of the axis, and in which chart. */
export interface Pointed {
  readonly x: number;
  /** The height of the pointer in that chart: 0 at the lower edge, 1 at the upper; null when moved by keyboard. */
  readonly height: number | null;
  readonly chart: string;
}

export class Crosshair {
  #pointed: Pointed | null = null;
  readonly #listeners = new Set<() => void>();

  readonly get = (): Pointed | null => this.#pointed;

  readonly point = (pointed: Pointed | null): void => {
    this.#pointed = pointed;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
}

export const CrosshairContext = createContext<Crosshair>(new Crosshair());

/** Where the reader points, null for nowhere, and a function that sets it. */
export function useCrosshair(): [Pointed | null, (pointed: Pointed | null) => void] {
  const crosshair = useContext(CrosshairContext);
  return [useSyncExternalStore(crosshair.subscribe, crosshair.get, () => null), crosshair.point];
}
