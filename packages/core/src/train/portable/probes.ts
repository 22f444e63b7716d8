import { FEATURE } from './dense.ts';
import type { Batch, Network } from './network.ts';
import { addressIn } from './parameters.ts';
import { type MemoryPlan, type Part, ROWS, WORD } from './plan.ts';
import type { Program } from './program.ts';

/** What the layer probe measures at each step, as in train/probes/layers.ts and in the same order. */
export interface PlannedProbes {
  /** To be called after the forward pass of a block. */
  watch(program: Program, batch: Batch): void;
  /** To be called after the last block. */
  measure(program: Program, rows: number): void;
}

/** Two float64, in words: the sum of the values and the sum of their squares. */
const SUMS = 4;
/** A mean, a standard deviation and a share of dead units. */
const NUMBERS = 3;

/** @param out where number `i` of a step is, and the distance in bytes to the next step's */
export function planProbes(
  plan: MemoryPlan,
  { activations, weighted, panelsOfBlock }: Network,
  g: Part,
  out: (i: number) => readonly [at: number, stride: number],
): PlannedProbes {
  const watched = activations.map((activation) => ({
    ...activation,
    sums: plan.words(SUMS).at,
    most: plan.words(activation.channels * ROWS).at,
  }));
  return {
    watch: (program, { labels }) => {
      for (const { at, sums, most, channels, height, width, row, channel, panel } of watched) {
        const layout = [channels, height, width, row, channel, panel];
        program.op('watch', at, sums, most, labels.at, panelsOfBlock * FEATURE, ...layout);
      }
    },
    measure: (program, rows) => {
      weighted.forEach((parameters, i) => {
        const [first, last] = [parameters[0], parameters.at(-1)];
        if (!first || !last) throw new Error('expected a layer with a kernel to have parameters');
        const count = Math.ceil((last.offset + last.size - first.offset) / WORD) * WORD;
        program.op('gradientNorm', ...out(i), addressIn(g, first), count);
      });
      watched.forEach(({ sums, most, channels, height, width }, i) => {
        const count = rows * channels * height * width;
        program.op('watched', ...out(weighted.length + NUMBERS * i), sums, most, channels, count);
      });
    },
  };
}
