import * as z from 'zod/mini';

// The artifacts of a run: the name, media type and schema of each. Training writes them, the store keeps them, and
// pages read them by the same schema. (zod/mini, because pages ship it.)

/** A number as JSON keeps it: NaN and the infinities, which JSON lacks, are null. */
const real = z.nullable(z.number());
const range = z.tuple([z.number(), z.number()]);
const whole = z.int().check(z.gte(0));

/** The training points: [count, features] little-endian floats, then a byte a label. */
export const DATA = {
  name: 'data',
  mediaType: 'application/octet-stream',
  meta: z.object({ count: whole, features: whole, classes: whole }),
} as const;

/**
 * The class probabilities of a 2-D classifier over the plane: [grid, grid, classes] bytes, each a probability times
 * 255; row 0 is y = extent.
 */
export const BOUNDARY = {
  name: 'boundary',
  mediaType: 'application/octet-stream',
  meta: z.object({
    /** Points per side of the square grid, which spans [-extent, extent] in both directions. */
    grid: z.int().check(z.gte(2), z.lte(4096)),
    classes: z.int().check(z.gte(1), z.lte(1000)),
    extent: z.number().check(z.positive()),
  }),
} as const;

/** How well confidence agrees with accuracy on the test set, after the last update. */
export const CALIBRATION = {
  name: 'calibration',
  mediaType: 'application/json',
  document: z.object({
    bins: z.array(z.object({ count: whole, confidence: real, accuracy: real })).check(z.minLength(1), z.maxLength(100)),
    ece: z.pipe(
      real,
      z.transform((value) => value ?? Number.NaN),
    ),
  }),
} as const;

/** A slice of the loss surface through a run's last weights, with the path that the weights took in it. */
export const LOSS_SURFACE = {
  name: 'loss surface',
  mediaType: 'application/json',
  document: z
    .object({
      grid: z.int().check(z.gte(2), z.lte(64)),
      x: range,
      y: range,
      losses: z.array(real),
      path: z.array(z.object({ step: z.number(), x: z.number(), y: z.number() })).check(z.maxLength(1_000)),
      shares: range,
    })
    .check(z.refine(({ grid, losses }) => losses.length === grid * grid)),
} as const;

/** How some values were distributed: see statistics/histogram.ts. */
export const histogramSchema = z.object({
  range,
  counts: z.array(whole).check(z.length(64)),
  below: whole,
  above: whole,
  nan: whole,
});

/** The outputs of each hidden layer's activation function at some steps of a training. */
export const ACTIVATION_LOOKS = {
  name: 'activations',
  mediaType: 'application/json',
  document: z.object({
    version: z.literal(1),
    /** How many training rows were looked at: spread evenly over the training data, and the same ones each time. */
    rows: z.int(),
    looks: z.array(z.object({ step: z.int(), layers: z.array(histogramSchema) })),
  }),
} as const;
