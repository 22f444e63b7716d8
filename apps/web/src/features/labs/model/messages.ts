import type { Config } from '@whorl/core';
import type { LayerOutput } from '@whorl/core/trainer';
import type { NetworkFrame } from './network-drawing.ts';
import type { PathSurface } from './weight-paths.ts';

// What a page and its worker say to each other. Arrays of numbers are handed over, not copied.

/** LabValues at paths, on top of the defaults. */
export type LabValues = Readonly<Record<string, unknown>>;

/** A file of the reader's own. */
export interface LabFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Trainings that go on side by side. */
export interface LabAsked {
  readonly defaults: Config;
  /** What each training has in place of the defaults. */
  readonly cells: readonly LabValues[];
  /** Whether what goes through each layer is measured in every step. */
  readonly layers: boolean;
  /** Whether the first network is drawn, if it is small enough. */
  readonly network?: boolean;
  /** Places of a side of each picture. */
  readonly grid: number;
  /** What a config that reads a file reads. */
  readonly file?: LabFile;
  /** Whether the largest curvature of the loss is measured. */
  readonly curvature?: boolean;
  /** Whether the paths of the weights are kept, so that the loss around them can be asked for. */
  readonly paths?: boolean;
  /** Trainings whose rows stand backwards: the same sums in another order. */
  readonly backwards?: readonly number[];
}

/** A digit that the reader looks at: drawn, or one of those that no training sees, by what it is and its place among these. */
export type DigitAsked = { readonly pixels: Float32Array } | { readonly digit: number; readonly place: number };

export type ToLab =
  | ({ readonly kind: 'open'; readonly id: number } & LabAsked)
  /** Trains all of them up to a step, or as far as they come so that they are also looked at within some milliseconds. */
  | { readonly kind: 'advance'; readonly id: number; readonly to: number; readonly ms: number }
  /** The loss around the paths of these trainings until now. */
  | { readonly kind: 'survey'; readonly id: number; readonly cells: readonly number[] }
  /** Looks at this digit from now on, whatever is trained. */
  | { readonly kind: 'see'; readonly id: number; readonly digit: DigitAsked };

/** The points of a training, to be drawn once. */
export interface CellPoints {
  /** The training points: x0, y0, x1, y1... */
  readonly positions: Float32Array;
  readonly labels: Uint8Array;
  readonly classes: number;
  /** Pictures reach from -extent to extent in both directions. */
  readonly extent: number;
  /** Places of a side of a picture. */
  readonly grid: number;
}

/** A whole set, in inference mode. */
export interface SetMeasured {
  readonly loss: number;
  readonly accuracy: number;
}

/** One training at one moment. Networks that read digits have neither picture nor units, and `train` is of the last batch. */
export interface CellFrame {
  /** What the network says of each class on a grid of the plane: [grid, grid, classes] probabilities times 255. */
  readonly picture: Uint8Array<ArrayBuffer>;
  /**
   * Of each unit of the first hidden layer a, b, c and w, [units, 4]: it gives 0 to the activation function on the line
   * a x + b y + c = 0, and w is the length of the weights that lead on from it. Empty without a hidden layer.
   */
  readonly units: Float32Array<ArrayBuffer>;
  /** Null where nobody draws it, or it is too large. */
  readonly network?: NetworkFrame | null;
  readonly train: SetMeasured;
  readonly test: SetMeasured;
  /** What each step since the frame before measured of its batch, before its update: [steps, measures]. */
  readonly rows: Float32Array<ArrayBuffer>;
  /** What a network of pictures makes of the digit that is looked at. */
  readonly seen?: DigitSeen;
}

/** What a network makes of one digit. */
export interface DigitSeen {
  /** What comes out of each hidden layer, from the input on. */
  readonly layers: readonly LayerOutput[];
  /** What it says of each class, between 0 and 1. */
  readonly answer: Float32Array;
}

/** All trainings after the same number of updates. */
export interface LabFrame {
  readonly step: number;
  readonly cells: readonly CellFrame[];
  /** The pixels of the digit that is looked at, 28 x 28, as the networks get them. */
  readonly digit?: Float32Array;
}

export type FromLab =
  | {
      readonly kind: 'opened';
      readonly id: number;
      /** Updates of each training as a whole. */
      readonly steps: number;
      /** The names of the numbers in `rows`, of each training. */
      readonly measures: readonly (readonly string[])[];
      readonly points: readonly CellPoints[];
      /** The command that trains the same, of each training. */
      readonly commands: readonly string[];
      readonly frame: LabFrame;
    }
  | { readonly kind: 'frame'; readonly id: number; readonly frame: LabFrame }
  /** The same step once more, of another digit; null before there is a training. */
  | { readonly kind: 'seen'; readonly id: number; readonly frame: LabFrame | null }
  /** Null where no paths are kept. */
  | { readonly kind: 'surveyed'; readonly id: number; readonly surface: PathSurface | null }
  /** Why there is no training. */
  | { readonly kind: 'failed'; readonly id: number; readonly said: { readonly en: string; readonly zh: string } };
