import { parseField } from '@whorl/core';
import { z } from 'zod';
import { AXES, type Axis, isAxis, isViewRange } from './axes.ts';
import { packedSchema, pointColumns } from './points.ts';
import { idSchema, metricKeySchema, paramValueSchema, realSchema, shownNameSchema } from './schemas.ts';

// Input and output of the procedures for curves. Packed columns are read by `columns.ts`.

export const axisSchema = z.custom<Axis>(
  (value) => typeof value === 'string' && isAxis(value),
  `expected one of ${AXES.join(', ')}, or by: and a metric`,
);

/** A field that runs are grouped by. */
export const groupFieldSchema = z
  .string()
  .min(1)
  .max(1000)
  .refine(isField, 'expected a field such as model.activation');

function isField(text: string): boolean {
  try {
    parseField(text);
    return true;
  } catch {
    return false;
  }
}

/** The values of the paths by which runs are grouped; null where a run lacks the path. */
export const levelsSchema = z.array(paramValueSchema.nullable());
export type Levels = z.infer<typeof levelsSchema>;

/** How curves are read. */
export const lookSchema = z.object({
  key: metricKeySchema,
  x: axisSchema,
  /** The range in view, in the axis's unit; everything where it is left out. */
  range: z
    .tuple([z.number(), z.number()])
    .readonly()
    .refine(isViewRange, 'range: expected its ends in ascending order, not too far out and not too close together')
    .nullish(),
  /**
   * The number of buckets into which the view is divided. With many runs fewer are used, to bound the size of the answer.
   */
  buckets: z.int().min(8).max(4096).default(400),
  /** The weight of the moving average; 0 for none. */
  smoothing: z.number().min(0).max(0.999).default(0),
});
export type CurveLook = z.infer<typeof lookSchema>;

/** The curve of a run, by enough points to draw it. */
export const packedCurveSchema = z.object({
  runId: idSchema,
  name: shownNameSchema,
  levels: levelsSchema,
  /** How many points were recorded when it was read. Live points continue there. */
  next: z.int(),
  /** How many recorded points are in view; the columns may hold a selection of them. */
  inView: z.int(),
  /** x / `per` is in the axis's unit. */
  ...pointColumns('x', packedSchema, packedSchema),
  per: z.number().positive(),
  /** The moment of x = 0, in ms since 1970, where x is time. */
  origin: z.number(),
  smooth: packedSchema,
  /** The state of the smoothing after the last point, to continue it with live points. */
  smoothed: z.object({ sum: realSchema, count: z.int() }),
  /** Where a run of another program went back to, to go on from there. Places are in units of 1 / `per`. */
  restarts: packedSchema,
  /** What it had recorded from there on before, each stretch on its own. */
  left: z.array(z.object(pointColumns('x', packedSchema, packedSchema))),
});
export type PackedCurve = z.infer<typeof packedCurveSchema>;

/** Mean and interval of a group, at enough steps to draw them. */
export const packedGroupSchema = z.object({
  levels: levelsSchema,
  runs: z.int(),
  /** How many runs of the group have any point. */
  members: z.int(),
  inView: z.int(),
  x: packedSchema,
  per: z.number().positive(),
  /** How many runs are averaged, and how many seeds they have. Mean and interval are over seeds. */
  n: packedSchema,
  seeds: packedSchema,
  nonFinite: packedSchema,
  /** Identifies the averaged runs: equal numbers for the same runs. */
  set: packedSchema,
  mean: packedSchema,
  /** Half of the interval around the mean; NaN where there is none. */
  half: packedSchema,
  smooth: packedSchema,
});
export type PackedGroup = z.infer<typeof packedGroupSchema>;

/** The extent of all curves, in view or not; null where there is no point. */
export const extentSchema = z.tuple([z.number(), z.number()]).nullable();
export type Extent = z.infer<typeof extentSchema>;

/** What can be drawn of the selected runs. */
export const outlineSchema = z.object({
  runs: z.int(),
  /** How many of the runs have not ended. */
  live: z.int(),
  /** Every metric that a run has, by name. */
  metrics: z.array(z.string()),
  /** Those of them of which no run has more than one point: they make no curve. */
  once: z.array(z.string()),
  /** The factors that somebody varied, by which runs can be grouped. */
  factors: z.array(z.string()),
  /** The factors by which they are grouped here. */
  by: z.array(z.string()),
  groups: z.array(z.object({ levels: levelsSchema, runs: z.int() })),
  /** What varies elsewhere in the experiment, but is the same for all of these runs. */
  fixed: z.record(z.string(), paramValueSchema),
  /** The factors of their study, the most important first. */
  ofStudy: z.array(z.string()),
});
export type Outline = z.infer<typeof outlineSchema>;
