import { type MemoryPlan, ROWS } from './plan.ts';
import type { Program } from './program.ts';

/** Addresses of lists of the features that are not 0 in all rows of a block, as assembly/dense/active.ts has them. */
export interface ActiveLists {
  readonly inputs: number;
  readonly outputs: number;
  /** Whether most of the inputs are 0, also where a feature is not 0 in all rows. */
  readonly mostlyZero: boolean;
}

/** What a stack of dense layers knows of the features before, between and behind its layers, from 0 on. */
export interface Actives {
  /** What layer `layer` leaves out; null where that is not worth while. */
  around(layer: number): ActiveLists | null;
  /** Once a step. */
  begin(program: Program): void;
  /** In each block, once the features of this place are known. */
  find(program: Program, place: number, x: readonly [at: number, bytesOfBlock: number]): void;
}

/** So many values of the data are looked at. */
const SAMPLE = 1e5;
/** From so many inputs and outputs on a layer is worth it. */
const LEAST = { inputs: 16, outputs: 8 };

/**
 * @param widths the features of each place
 * @param mayBeZero whether features of a place are likely to be 0 in all rows of a block
 * @param mostlyZero whether most of what the first layer is given is 0
 */
export function planActives(
  plan: MemoryPlan,
  widths: readonly number[],
  mayBeZero: (place: number) => boolean,
  mostlyZero: boolean,
): Actives {
  const wide = (layer: number) => (widths[layer] ?? 0) >= LEAST.inputs && (widths[layer + 1] ?? 0) >= LEAST.outputs;
  const isWorthIt = (layer: number) => wide(layer) && (mayBeZero(layer) || mayBeZero(layer + 1));
  const lists = widths.map((features, place) =>
    isWorthIt(place) || isWorthIt(place - 1) ? plan.words(features + 1).at : 0,
  );
  const at = (place: number) => lists[place] as number;
  return {
    around: (layer) =>
      isWorthIt(layer) ? { inputs: at(layer), outputs: at(layer + 1), mostlyZero: layer === 0 && mostlyZero } : null,
    begin: (program) => {
      for (const [place, features] of widths.entries())
        if (at(place) && !mayBeZero(place)) program.op('allActive', at(place), features);
    },
    find: (program, place, x) => {
      if (at(place) && mayBeZero(place)) program.op('findActive', ...x, widths[place] as number, at(place));
    },
  };
}

/** Of values that stand for all of the data. */
export const isMostlyZero = (values: Float32Array): boolean =>
  values.subarray(0, SAMPLE).reduce((zeros, value) => zeros + Number(value === 0), 0) * 2 >
  Math.min(SAMPLE, values.length);

/** Words that the kernels of a dense layer work in. */
export const scratchOf = (inputs: number, outputs: number, panels: number): number =>
  Math.max((inputs + ROWS) * outputs, inputs * (outputs + ROWS), panels * ROWS * (outputs + 12));
