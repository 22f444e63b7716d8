import { createContext, useContext, useSyncExternalStore } from 'react';

// One place on the horizontal axis, pointed at in one chart and marked in all of a page's charts. Kept outside of React's
// state: it moves with the pointer, and moving a line must not draw a chart again.

/** Where the reader points, in the unit of the axis, and in which chart. */
export interface Pointed {
  readonly x: number;
  /** How high in that chart: 0 at its lower edge, 1 at its upper; null by keyboard. */
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

/** Where the reader points right now, null for nowhere, and how to point. */
export function useCrosshair(): [Pointed | null, (pointed: Pointed | null) => void] {
  const crosshair = useContext(CrosshairContext);
  return [useSyncExternalStore(crosshair.subscribe, crosshair.get, () => null), crosshair.point];
}
