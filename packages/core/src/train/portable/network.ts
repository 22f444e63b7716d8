import type { Parameter, Parameters } from './parameters.ts';
import type { MemoryPlan, Part } from './plan.ts';
import type { Program } from './program.ts';

/** Where the rows of a step are, in panels. */
export interface Batch {
  readonly rows: number;
  readonly x: Part;
  readonly labels: Part;
}

/** The output of an activation function, for a probe to read between the forward and the backward pass. */
export interface Watched {
  readonly at: number;
  /** The units of a dense layer; the filters of a convolution. */
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** The distance in bytes from one to the next. */
  readonly row: number;
  readonly channel: number;
  readonly panel: number;
}

/** A model in memory: what it adds to the program of a step. */
export interface Network {
  /** How many panels go forward and backward together. */
  readonly panelsOfBlock: number;
  /** Where the logits are after the forward pass, and their gradient before the backward pass: [panel][class][8]. */
  readonly logits: Part;
  readonly activations: readonly Watched[];
  /** The parameters of each layer that has a kernel. */
  readonly weighted: readonly (readonly Parameter[])[];
  /** What else a training pass changes, in the order of the model's variables. */
  readonly running: readonly Part[];
  /** The size of `batch.x` in words. */
  readonly batchWords: number;
  /**
   * Brings rows of the data into `batch.x`. `data` and `rows` are addresses, with the bytes by which they move on every
   * step.
   */
  gather(program: Program, batch: Batch, data: readonly [number, number], rows: readonly [number, number]): void;
  /** To be called once a step, before its blocks. */
  begin(program: Program): void;
  forward(program: Program, batch: Batch): void;
  backward(program: Program, batch: Batch): void;
}

/** Where the vectors of parameters and gradients are. */
export interface Vectors {
  readonly w: Part;
  readonly g: Part;
}

/** What a network is planned with. */
export interface Planning {
  readonly plan: MemoryPlan;
  /** The parameters of the model, in the order of its variables: the network adds them. */
  readonly parameters: Parameters;
  /** Known only after all parameters were added. */
  readonly vectors: () => Vectors;
  /** The most rows of a step. */
  readonly rows: number;
  readonly shape: readonly number[];
  readonly classes: number;
  /** Whether most values of the data are 0. */
  readonly mostlyZero: boolean;
  /** The masks of each dropout layer, in order from the input, and the bytes by which they move on every step. */
  readonly masks: readonly (readonly [number, number])[];
}
