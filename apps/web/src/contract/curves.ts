import { parseField } from '@whorl/core';
import { z } from 'zod';
import { AXES, isViewRange } from './axes.ts';
import { packedSchema, pointColumns } from './points.ts';
import { idSchema, metricKeySchema, paramValueSchema, realSchema, shownNameSchema } from './schemas.ts';

// What the procedures of curves take and give. A packed column is text that `columns.ts` reads.

export const axisSchema = z.enum(AXES);

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

/** The levels of the paths that runs are grouped by; null where a run has no such path. */
export const levelsSchema = z.array(paramValueSchema.nullable());
export type Levels = z.infer<typeof levelsSchema>;

/** How curves are read. */
export const lookSchema = z.object({
  key: metricKeySchema,
  x: axisSchema,
  /** What is in view, in the axis's unit; everything where it is absent. */
  range: z
    .tuple([z.number(), z.number()])
    .readonly()
    .refine(isViewRange, 'range: expected its ends in ascending order, not too far out and not too close together')
    .nullish(),
  /** Into how many buckets the view is cut; more runs get fewer, so that the whole stays small. */
  buckets: z.int().min(8).max(4096).default(400),
  /** The weight of the moving average; 0 smooths nothing. */
  smoothing: z.number().min(0).max(0.999).default(0),
});
export type CurveLook = z.infer<typeof lookSchema>;

/** Points of one run's metric that draw like all of them. */
export const packedCurveSchema = z.object({
  runId: idSchema,
  name: shownNameSchema,
  levels: levelsSchema,
  /** How many points were recorded when this was read: live points follow from there. */
  next: z.int(),
  /** How many points are in view, of which these may be a selection. */
  inView: z.int(),
  /** x / `per` is in the axis's unit. */
  ...pointColumns('x', packedSchema, packedSchema),
  per: z.number().positive(),
  /** The moment of x = 0, in ms since 1970, where x is time. */
  origin: z.number(),
  smooth: packedSchema,
  /** How far the smoothing came: it goes on from there with live points. */
  smoothed: z.object({ sum: realSchema, count: z.int() }),
});
export type PackedCurve = z.infer<typeof packedCurveSchema>;

/** What the runs of one group have in common, at steps that draw like all of them. */
export const packedGroupSchema = z.object({
  levels: levelsSchema,
  runs: z.int(),
  /** How many of the runs have a point at all. */
  members: z.int(),
  inView: z.int(),
  x: packedSchema,
  per: z.number().positive(),
  /** How many runs are averaged, and how many seeds these have: the mean and its interval are over seeds. */
  n: packedSchema,
  seeds: packedSchema,
  nonFinite: packedSchema,
  /** Which runs are averaged: the same number where they are the same ones. */
  set: packedSchema,
  mean: packedSchema,
  /** Half of the interval around the mean; NaN where there is none. */
  half: packedSchema,
  smooth: packedSchema,
});
export type PackedGroup = z.infer<typeof packedGroupSchema>;

/** Where everything lies, in view or not; null where there is no point. */
export const extentSchema = z.tuple([z.number(), z.number()]).nullable();
export type Extent = z.infer<typeof extentSchema>;

/** What there is to draw. */
export const outlineSchema = z.object({
  runs: z.int(),
  /** How many of the runs are not ended. */
  live: z.int(),
  /** Every metric that a run has, by name. */
  metrics: z.array(z.string()),
  /** Of these the ones of which a run has more than one point. */
  curved: z.array(z.string()),
  /** The paths that someone chose several values of: what runs can be grouped by. */
  factors: z.array(z.string()),
  /** What they are grouped by here. */
  by: z.array(z.string()),
  groups: z.array(z.object({ levels: levelsSchema, runs: z.int() })),
  /** What varies elsewhere in the experiment, and is the same in all of these runs. */
  fixed: z.record(z.string(), paramValueSchema),
  /** The factors of their study, the most telling first. */
  ofStudy: z.array(z.string()),
});
export type Outline = z.infer<typeof outlineSchema>;
