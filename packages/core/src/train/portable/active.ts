import { type MemoryPlan, ROWS } from './plan.ts';
import type { Program } from './program.ts';

/**
 * The addresses of lists of the features that are not 0 in all rows of a block, in the form of
 * assembly/dense/active.ts.
 */
export interface ActiveLists {
  readonly inputs: number;
  readonly outputs: number;
  /** Whether most inputs are 0, even where their feature is not 0 in all rows. */
  readonly mostlyZero: boolean;
}

/** For a stack of dense layers: which features are 0 before, between and after its layers, by place from 0 on. */
export interface Actives {
  /** What layer `layer` can leave out; null where that is not worth it. */
  around(layer: number): ActiveLists | null;
  /** To be called once a step. */
  begin(program: Program): void;
  /** To be called in each block, once the features at this place are known. */
  find(program: Program, place: number, x: readonly [at: number, bytesOfBlock: number]): void;
}

/** How many values of the data are looked at. */
const SAMPLE = 1e5;
/** Layers with fewer inputs or outputs are not worth it. */
const LEAST = { inputs: 16, outputs: 8 };

/**
 * @param widths the number of features at each place
 * @param mayBeZero whether features at a place are likely to be 0 in all rows of a block
 * @param mostlyZero whether most inputs of the first layer are 0
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

/** Judged by a sample of the values. */
export const isMostlyZero = (values: Float32Array): boolean =>
  values.subarray(0, SAMPLE).reduce((zeros, value) => zeros + Number(value === 0), 0) * 2 >
  Math.min(SAMPLE, values.length);

/** How many words of scratch memory the kernels of a dense layer need. */
export const scratchOf = (inputs: number, outputs: number, panels: number): number =>
  Math.max((inputs + ROWS) * outputs, inputs * (outputs + ROWS), panels * ROWS * (outputs + 12));
