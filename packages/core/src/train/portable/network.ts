import type { Parameter, Parameters } from './parameters.ts';
import type { MemoryPlan, Part } from './plan.ts';
import type { Program } from './program.ts';

/** Where the rows of a step stand, in panels. */
export interface Batch {
  readonly rows: number;
  readonly x: Part;
  readonly labels: Part;
}

/** The output of an activation function, where a probe finds it between the way forward and the way back. */
export interface Watched {
  readonly at: number;
  /** A dense layer's units; a convolution's filters. */
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Bytes from one to the next. */
  readonly row: number;
  readonly channel: number;
  readonly panel: number;
}

/** A model in memory: what it adds to the program of a step. */
export interface Network {
  /** Panels that go forward and back at once. */
  readonly panelsOfBlock: number;
  /** Where the logits stand after the way forward, and their gradient before the way back: [panel][class][8]. */
  readonly logits: Part;
  readonly activations: readonly Watched[];
  /** The parameters of each layer with a kernel. */
  readonly weighted: readonly (readonly Parameter[])[];
  /** What a pass in training changes beside them, in the order of the model's variables. */
  readonly running: readonly Part[];
  /** Words of `batch.x`. */
  readonly batchWords: number;
  /** What brings rows of the data into `batch.x`; data and rows with the bytes that they move on with every step. */
  gather(program: Program, batch: Batch, data: readonly [number, number], rows: readonly [number, number]): void;
  /** Once a step, before its blocks. */
  begin(program: Program): void;
  forward(program: Program, batch: Batch): void;
  backward(program: Program, batch: Batch): void;
}

/** Where parameters and gradients stand. */
export interface Vectors {
  readonly w: Part;
  readonly g: Part;
}

/** What a network is planned with. */
export interface Planning {
  readonly plan: MemoryPlan;
  /** Those of the model, in the order of its variables: the network adds them. */
  readonly parameters: Parameters;
  /** Known once all parameters are. */
  readonly vectors: () => Vectors;
  /** Rows of a step, at most. */
  readonly rows: number;
  readonly shape: readonly number[];
  readonly classes: number;
  /** Whether most numbers of the data are 0. */
  readonly mostlyZero: boolean;
  /** The masks of each dropout layer, from the input on, and the bytes that they move on with every step. */
  readonly masks: readonly (readonly [number, number])[];
}
