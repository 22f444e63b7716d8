import type { Config } from '../src/index.ts';

// The loss of a network in plain double arithmetic, from the formulas of the papers: another implementation than those under
// test, and fine enough for finite differences.

type Rows = readonly Float64Array[];

/** erf by its series, to double precision where |x| < 4. */
function erf(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < 80; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

const ACTIVATIONS: Readonly<Record<string, (x: number) => number>> = {
  linear: (x) => x,
  sigmoid: logistic,
  tanh: Math.tanh,
  relu: (x) => Math.max(0, x),
  'leaky-relu': (x) => (x > 0 ? x : 0.01 * x),
  elu: (x) => (x > 0 ? x : Math.exp(x) - 1),
  gelu: (x) => (x / 2) * (1 + erf(x / Math.SQRT2)),
  swish: (x) => x * logistic(x),
  softplus: (x) => Math.log(1 + Math.exp(x)),
};

function softmax(logits: Float64Array): Float64Array {
  const powers = logits.map((z) => Math.exp(z));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}

const squares = (outputs: Float64Array, label: number): number =>
  outputs.reduce((sum, o, c) => sum + (o - Number(c === label)) ** 2, 0) / outputs.length;

/** Of the logits of a row. */
const LOSSES: Readonly<Record<string, (logits: Float64Array, label: number) => number>> = {
  'softmax-cross-entropy': (logits, label) => -Math.log(softmax(logits)[label] as number),
  'sigmoid-cross-entropy': (logits, label) =>
    -logits.reduce((sum, z, c) => sum + Math.log(c === label ? logistic(z) : 1 - logistic(z)), 0) / logits.length,
  'softmax-squared-error': (logits, label) => squares(softmax(logits), label),
  'squared-error': squares,
};

function dense(rows: Rows, kernel: Float64Array, bias: Float64Array | null, units: number): Float64Array[] {
  return rows.map((row) =>
    new Float64Array(units).map((_, n) =>
      row.reduce((sum, x, k) => sum + x * (kernel[k * units + n] as number), bias?.[n] ?? 0),
    ),
  );
}

/** By mean and variance of the batch. */
function normalised(rows: Rows, scale: Float64Array, shift: Float64Array): Float64Array[] {
  const over = (of: (row: Float64Array) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const mean = scale.map((_, n) => over((row) => row[n] as number));
  const variance = scale.map((_, n) => over((row) => ((row[n] as number) - (mean[n] as number)) ** 2));
  return rows.map((row) =>
    row.map((x, n) => {
      const deviation = Math.sqrt((variance[n] as number) + 1e-5);
      return ((x - (mean[n] as number)) / deviation) * (scale[n] as number) + (shift[n] as number);
    }),
  );
}

/** Pictures [side, side, channels]. */
interface Pictures {
  readonly rows: Rows;
  readonly side: number;
  readonly channels: number;
}

/** What a window of each place of a picture makes of what lies below it: `at` is 0 outside. */
function windows(
  { rows, side, channels }: Pictures,
  {
    outSide,
    outChannels,
    of,
  }: {
    outSide: number;
    outChannels: number;
    of: (at: (i: number, j: number, c: number) => number, i: number, j: number, f: number) => number;
  },
): Pictures {
  const made = rows.map((x) => {
    const at = (i: number, j: number, c: number) =>
      i < 0 || j < 0 || i >= side || j >= side ? 0 : (x[(i * side + j) * channels + c] as number);
    return new Float64Array(outSide * outSide * outChannels).map((_, o) => {
      const place = Math.floor(o / outChannels);
      return of(at, Math.floor(place / outSide), place % outSide, o % outChannels);
    });
  });
  return { rows: made, side: outSide, channels: outChannels };
}

function convolution(x: Pictures, kernel: Float64Array, bias: Float64Array, size: number, padding: number): Pictures {
  const filters = bias.length;
  return windows(x, {
    outSide: x.side + 2 * padding - size + 1,
    outChannels: filters,
    of: (at, i, j, f) => {
      let sum = bias[f] as number;
      for (let k = 0; k < size; k++)
        for (let m = 0; m < size; m++)
          for (let c = 0; c < x.channels; c++)
            sum +=
              at(i + k - padding, j + m - padding, c) *
              (kernel[((k * size + m) * x.channels + c) * filters + f] as number);
      return sum;
    },
  });
}

/** Means of 2 x 2, or maxima of 3 x 3 at every second place. */
function pool(x: Pictures, kind: string): Pictures {
  const size = kind === 'average' ? 2 : 3;
  return windows(x, {
    outSide: Math.floor((x.side - size) / 2) + 1,
    outChannels: x.channels,
    of: (at, i, j, c) => {
      const values = Array.from({ length: size * size }, (_, o) =>
        at(2 * i + Math.floor(o / size), 2 * j + (o % size), c),
      );
      return kind === 'average' ? values.reduce((a, b) => a + b, 0) / values.length : Math.max(...values);
    },
  });
}

/**
 * The mean loss over rows x [count, features] with their labels.
 * @param weights in the order of `TrainResult.weights`
 */
export function doubleLoss(
  { model, loss }: Config,
  weights: readonly Float64Array[],
  { x, labels, count, classes }: { x: ArrayLike<number>; labels: ArrayLike<number>; count: number; classes: number },
): number {
  const left = [...weights];
  const next = (): Float64Array => {
    const array = left.shift();
    if (!array) throw new Error('expected more weights');
    return array;
  };
  const activation = ACTIVATIONS[model.activation] as (x: number) => number;
  const activate = (rows: Rows) => rows.map((row) => row.map(activation));
  const features = x.length / count;
  let rows: Rows = Array.from({ length: count }, (_, r) =>
    new Float64Array(features).map((_, f) => x[r * features + f] as number),
  );
  if (model.name === 'mlp') {
    for (const units of model.hidden) {
      const isNormalised = model.block.endsWith('batch-norm');
      const given = rows;
      const kernel = next();
      let made: Rows = dense(given, kernel, isNormalised ? null : next(), units);
      if (isNormalised) made = normalised(made, next(), next());
      made = activate(made);
      const adds = model.block.startsWith('residual') && given[0]?.length === units;
      rows = adds ? made.map((row, r) => row.map((y, n) => y + (given[r]?.[n] as number))) : made;
    }
  } else {
    const two = model.filters.length === 2;
    let pictures: Pictures = { rows, side: Math.sqrt(features), channels: 1 };
    for (const i of model.filters.keys()) {
      const padding = two && i === 1 ? 0 : two ? 2 : 1;
      pictures = convolution(pictures, next(), next(), two ? 5 : 3, padding);
      pictures = { ...pictures, rows: activate(pictures.rows) };
      if (i < 2 || i === model.filters.length - 1) pictures = pool(pictures, model.pooling);
    }
    rows = pictures.rows;
    for (const units of model.dense) rows = activate(dense(rows, next(), next(), units));
  }
  const logits = dense(rows, next(), next(), classes);
  const lossOf = LOSSES[loss.name] as (logits: Float64Array, label: number) => number;
  return logits.reduce((sum, row, r) => sum + lossOf(row, labels[r] as number), 0) / count;
}
