/** A network is drawn up to so many hidden layers of so many units: beyond, nobody sees a line. */
export const MOST_DRAWN_LAYERS = 6;
export const MOST_DRAWN_UNITS = 16;
/** Places of a side of a unit's picture. */
export const UNIT_GRID = 20;

export const isDrawable = (hidden: readonly number[]): boolean =>
  hidden.length <= MOST_DRAWN_LAYERS && hidden.every((units) => units <= MOST_DRAWN_UNITS);

/** What is drawn of a small network at one moment. */
export interface NetworkFrame {
  /** Units of each column: the coordinates, the hidden layers, the classes. */
  readonly widths: readonly number[];
  /**
   * What each unit gives on a grid of the plane, column by column, [units, grid, grid]: 128 where it gives 0, and 1 or 255 where it
   * is farthest from it; of a class, its probability times 255.
   */
  readonly pictures: Uint8Array<ArrayBuffer>;
  /** From each column to the next, [in, out], one after the other. */
  readonly weights: Float32Array<ArrayBuffer>;
}

/** Probabilities as shades from 0 to 255. A loop, as a function called for each costs more than the network. */
export function shadesOf(probabilities: Float32Array): Uint8Array<ArrayBuffer> {
  const shades = new Uint8Array(probabilities.length);
  for (let i = 0; i < shades.length; i++) shades[i] = Math.round(255 * (probabilities[i] as number));
  return shades;
}

/**
 * The pictures of all columns, one after the other.
 * @param columns [places, units] each: the coordinates, what each hidden layer gives, the probabilities of the classes
 */
export function networkPictures(
  columns: readonly Float32Array[],
  widths: NetworkFrame['widths'],
): Uint8Array<ArrayBuffer> {
  const pictures = new Uint8Array(columns.reduce((length, values) => length + values.length, 0));
  let at = 0;
  for (const [column, values] of columns.entries()) {
    const pictureOf = column === columns.length - 1 ? classPictures : unitPictures;
    pictures.set(pictureOf(values, widths[column] as number), at);
    at += values.length;
  }
  return pictures;
}

/** The pictures of a column's units. @param values [places, units] */
export function unitPictures(values: Float32Array, units: number): Uint8Array<ArrayBuffer> {
  const places = values.length / units;
  const pictures = new Uint8Array(values.length);
  for (let unit = 0; unit < units; unit++) {
    let most = 0;
    for (let place = 0; place < places; place++) {
      const size = Math.abs(values[place * units + unit] as number);
      if (size > most && size < Number.POSITIVE_INFINITY) most = size;
    }
    for (let place = 0; place < places; place++) {
      const share = (values[place * units + unit] as number) / (most || 1);
      pictures[unit * places + place] = 128 + Math.round(127 * Math.max(-1, Math.min(1, share || 0)));
    }
  }
  return pictures;
}

/** The pictures of the classes. @param probabilities [places, classes] */
export function classPictures(probabilities: Float32Array, classes: number): Uint8Array<ArrayBuffer> {
  const places = probabilities.length / classes;
  const pictures = new Uint8Array(probabilities.length);
  for (let label = 0; label < classes; label++)
    for (let place = 0; place < places; place++)
      pictures[label * places + place] = Math.round(255 * (probabilities[place * classes + label] as number));
  return pictures;
}

/** A weight as a line between two units. */
export interface WeightLine {
  /** Of the column that it leads from. */
  readonly column: number;
  readonly from: number;
  readonly to: number;
  readonly isPositive: boolean;
  /** How large it is among the weights of its layer, from 0 to 1. */
  readonly share: number;
}

export function weightLines({ widths, weights }: Pick<NetworkFrame, 'widths' | 'weights'>): WeightLine[] {
  const lines: WeightLine[] = [];
  let first = 0;
  for (let column = 0; column + 1 < widths.length; column++) {
    const [inputs, outputs] = [widths[column] as number, widths[column + 1] as number];
    const layer = weights.subarray(first, first + inputs * outputs);
    first += inputs * outputs;
    const most = layer.reduce((largest, w) => (Math.abs(w) > largest ? Math.abs(w) : largest), 0);
    for (const [at, w] of layer.entries()) {
      const share = Math.abs(w) / most;
      if (!Number.isFinite(share)) continue;
      lines.push({ column, from: Math.floor(at / outputs), to: at % outputs, isPositive: w > 0, share });
    }
  }
  return lines;
}

/** Where the units are drawn: squares of a size, by their centres. */
export interface NetworkLayout {
  readonly size: number;
  readonly height: number;
  readonly columns: readonly (readonly { readonly x: number; readonly y: number }[])[];
}

const [MOST_SIZE, GAP] = [32, 4];

/** Columns evenly over a width, each in the middle of the height. */
export function networkLayout(widths: readonly number[], width: number): NetworkLayout {
  const pitch = width / widths.length;
  const size = Math.max(8, Math.min(MOST_SIZE, Math.floor(pitch * 0.56)));
  const height = Math.max(...widths) * (size + GAP);
  const columns = widths.map((units, column) => {
    const top = (height - units * (size + GAP)) / 2;
    return Array.from({ length: units }, (_, unit) => ({
      x: size / 2 + ((width - size) * column) / Math.max(1, widths.length - 1),
      y: top + (unit + 0.5) * (size + GAP),
    }));
  });
  return { size, height, columns };
}
