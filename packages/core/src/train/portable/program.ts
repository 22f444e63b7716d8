import { OPERATIONS } from '../../generated/portable.ts';
import { WORD } from './plan.ts';

type Operation = (typeof OPERATIONS)[number];

// The same as in assembly/program.ts.
const LOOP = -1;
const END = -2;
const STOP = -3;

const floatBits = new Int32Array(1);
/** The word that a kernel reads as this float. */
export function bitsOf(value: number): number {
  new Float32Array(floatBits.buffer)[0] = value;
  return floatBits[0] as number;
}

/** The words of a program for the kernels, which is one step of a training. */
export class Program {
  readonly #words: number[] = [];

  #add(number: number, args: readonly number[]): void {
    this.#words.push(WORD * (args.length + 2), number, ...args);
  }

  op(name: Operation, ...args: readonly number[]): void {
    this.#add(OPERATIONS.indexOf(name), args);
  }

  /** Repeats what `body` adds for every block of panels. */
  forBlocks(panels: number, panelsOfBlock: number, body: () => void): void {
    this.#add(LOOP, [panels, panelsOfBlock]);
    body();
    this.#add(END, []);
  }

  /** All words, including the end mark. */
  words(): Int32Array {
    return Int32Array.of(...this.#words, 2 * WORD, STOP);
  }
}
