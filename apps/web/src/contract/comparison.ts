import { histogramSchema } from '@whorl/core';
import { z } from 'zod';
import { idSchema, metricKeySchema, paramValueSchema, realSchema, shownNameSchema, statusSchema } from './schemas.ts';

// The results of comparisons on the wire.

/** A field's canonical text: `metrics.accuracy`, `model.activation`. */
export const shortFieldSchema = z.string().min(1).max(400);

/** The largest difference that does not matter. */
export const marginSchema = z.number().positive().nullable().default(null);

/** A config path. */
export const pathSchema = z.string().min(1).max(400);

/** A value of a config; null where the run has no such path. */
export const levelValueSchema = paramValueSchema.nullable();
export type FactorValue = z.infer<typeof levelValueSchema>;

const intervalSchema = z.tuple([realSchema, realSchema]);

export const summarySchema = z.object({
  n: z.int(),
  mean: realSchema,
  sd: realSchema.nullable(),
  ci95: intervalSchema.nullable(),
});

/** A path that varies among the compared runs, and how many of them have each of its values. */
export const factorSchema = z.object({
  path: pathSchema,
  /** Whether it varies only because a kind does: `optimizer.beta1` beside `optimizer.name`. */
  follows: z.boolean(),
  /** How many values there are. `levels` may hold only the first ones. */
  count: z.int(),
  levels: z.array(z.object({ value: levelValueSchema, runs: z.int() })),
});
export type Factor = z.infer<typeof factorSchema>;

export const overviewSchema = z.object({
  runs: z.int(),
  seeds: z.int(),
  byStatus: z.partialRecord(statusSchema, z.int()),
  factors: z.array(factorSchema),
  /** Keys of the metrics that any of the runs has. */
  metrics: z.array(metricKeySchema),
  /** Whether any of them may have recorded decision boundaries. */
  planar: z.boolean(),
  /** Runs that were asked for by id and are not in the record: how many, and the first ids. */
  missing: z.object({ count: z.int(), ids: z.array(z.string()) }),
  experiments: z.array(z.object({ id: idSchema, name: shownNameSchema })),
  /** The study of all runs; null where they have several. */
  study: z.string().nullable(),
  /** Whether Whorl trained all of them. Only then do the names of metrics apply. */
  ownMetrics: z.boolean(),
});
export type Overview = z.infer<typeof overviewSchema>;

export const pairSchema = z.object({
  a: z.string(),
  b: z.string(),
  nPairs: z.int(),
  nDiverged: z.int(),
  /** What differs between these two besides the compared factors. */
  confounds: z.array(z.string()),
  difference: realSchema.optional(),
  ci95: intervalSchema.optional(),
  p: realSchema.optional(),
  effectSize: realSchema.nullish(),
  pAdjusted: realSchema.optional(),
  /** The two share no seeds. */
  unpaired: z.literal(true).optional(),
  /** The p-value of their being the same within the margin. */
  pSame: realSchema.optional(),
  /** Where some runs never reached the goal: in how many seeds each of the two is ahead. */
  signs: z.object({ a: z.int(), b: z.int(), ties: z.int(), lead: z.number() }).optional(),
  pairsNeeded: z.int().nullish(),
});
export type PairAnswer = z.infer<typeof pairSchema>;

export const levelSchema = z.object({
  /** Its key, by which pairs and verdicts refer to it. */
  level: z.string(),
  /** Its values of the factors. */
  values: z.array(levelValueSchema),
  /** The summary over seeds. */
  summary: summarySchema.nullable(),
  /** Where some seeds never reached the goal. The summary is then over those that did. */
  order: z.object({ seeds: z.int(), reached: z.int(), median: realSchema }).nullable(),
  /** Runs with a finite value. */
  finite: z.int(),
  diverged: z.int(),
  /** How many runs never reached the goal. */
  never: z.int(),
  /** The run with the median value; the first run where none is finite. */
  median: idSchema,
  /** Its runs, as columns. */
  runs: z.object({
    ids: z.array(idSchema),
    names: z.array(shownNameSchema),
    seeds: z.array(realSchema.nullable()),
    values: z.array(realSchema),
  }),
});
export type LevelAnswer = z.infer<typeof levelSchema>;

/** The verdicts about the levels themselves. */
const levelVerdicts = [
  z.object({ kind: z.literal('confounded'), paths: z.array(z.string()) }),
  z.object({ kind: z.literal('one-level') }),
  z.object({ kind: z.literal('not-enough-runs'), pairs: z.int(), needed: z.int(), diverged: z.int() }),
  z.object({ kind: z.literal('best'), best: z.string(), over: pairSchema, untested: z.array(z.string()) }),
  z.object({
    kind: z.literal('same'),
    best: z.string(),
    same: z.array(z.string()),
    margin: realSchema,
    untested: z.array(z.string()),
  }),
  z.object({ kind: z.literal('contradicted'), best: z.string(), by: pairSchema }),
  z.object({
    kind: z.literal('tied'),
    best: z.string(),
    tied: z.array(z.string()),
    over: pairSchema.nullable(),
    needed: z.int().nullable(),
    untested: z.array(z.string()),
  }),
] as const;
const levelVerdictSchema = z.discriminatedUnion('kind', [...levelVerdicts]);

/** The verdict at one level of the factor that the effect depends on (core's `Facet`). */
const saidFacetSchema = z.object({
  level: z.string(),
  /** The values of that factor. */
  values: z.array(levelValueSchema),
  levels: z.array(levelSchema.pick({ level: true, values: true, summary: true })),
  verdict: levelVerdictSchema,
});

export const verdictSchema = z.discriminatedUnion('kind', [
  ...levelVerdicts,
  /** The effect depends on another factor (core's `Depends`). */
  z.object({
    kind: z.literal('depends'),
    of: z.array(pathSchema),
    on: z.array(pathSchema),
    p: realSchema,
    also: z.array(z.array(pathSchema)),
    everywhere: z.string().nullable(),
    within: z.array(saidFacetSchema),
    without: levelVerdictSchema,
  }),
  /** There are more levels than can be tested against each other. */
  z.object({ kind: z.literal('too-many-levels'), levels: z.int(), most: z.int() }),
  /** No run has a value. */
  z.object({ kind: z.literal('no-values') }),
]);
export type DependsAnswer = z.infer<typeof verdictSchema> & { readonly kind: 'depends' };

/** How the pairs were tested (core's `Method`). */
export const methodSchema = z.object({
  spread: z.enum(['common', 'own', 'ranks', 'signs']),
  correction: z.enum(['none', 'tukey', 'sidak', 'bonferroni', 'flips']),
  because: z.enum(['spreads', 'unpaired', 'constant', 'never']).nullable(),
  tests: z.int(),
  levels: z.int(),
  df: z.int().nullable(),
});

/** The compared levels at one level of the factor that the effect depends on, with their runs and tests. */
export const facetSchema = z.object({
  level: z.string(),
  values: z.array(levelValueSchema),
  levels: z.array(levelSchema),
  pairs: z.array(pairSchema),
  method: methodSchema,
  verdict: levelVerdictSchema,
});
export type FacetAnswer = z.infer<typeof facetSchema>;

export const matrixSchema = z.object({
  rows: z.array(levelValueSchema),
  columns: z.array(levelValueSchema),
  confounds: z.array(z.string()),
  cells: z.array(
    z.object({
      row: z.int(),
      column: z.int(),
      summary: summarySchema.nullable(),
      runs: z.int(),
      diverged: z.int(),
      standing: z.enum(['best', 'tied', 'worse', 'untested', 'empty']),
      /** Against the best cell, adjusted for all pairs of cells. */
      pAdjusted: realSchema.nullable(),
    }),
  ),
});
export type MatrixAnswer = z.infer<typeof matrixSchema>;

const sourceSchema = z.object({ source: z.string(), of: z.array(z.array(pathSchema)) });
export const effectsSchema = z.object({
  effects: z.array(
    sourceSchema.extend({
      df: z.int(),
      sumOfSquares: realSchema,
      share: realSchema,
      f: realSchema.nullable(),
      dfError: z.int(),
      p: realSchema.nullable(),
      pAdjusted: realSchema.nullable(),
    }),
  ),
  residual: z.object({ df: z.int(), sumOfSquares: realSchema, share: realSchema }),
  leftOut: z.array(sourceSchema.extend({ why: z.enum(['empty-cells', 'aliased', 'one-level', 'too-many']) })),
  isBalanced: z.boolean(),
  seeds: z.int(),
  diverged: z.int(),
  error: z.enum(['seeds', 'runs']).nullable(),
});
export type EffectsAnswer = z.infer<typeof effectsSchema>;

export const goalSchema = z.enum(['highest', 'lowest']);

export const analysisSchema = z.object({
  metric: shortFieldSchema,
  by: z.array(pathSchema),
  /** What is better: as the reader says, else as is known of the metric; null where neither is the case. */
  goal: goalSchema.nullable(),
  /** How many runs count. */
  observed: z.int(),
  /** Runs that do not count: unfinished ones by status, and finished ones without the metric. */
  leftOut: z.object({ byStatus: z.partialRecord(statusSchema, z.int()), withoutMetric: z.int() }),
  levels: z.array(levelSchema),
  pairs: z.array(pairSchema),
  confounds: z.array(z.string()),
  verdict: verdictSchema,
  /** Where the effect depends on another factor, the comparison at each of its levels; else empty. */
  facets: z.array(facetSchema),
  /** Null where nothing was tested. */
  method: methodSchema.nullable(),
  /** How often these runs could have been looked at (core's `Comparison`). */
  look: z.int().nullable(),
  margin: realSchema.nullable(),
  /** How many runs are still training. */
  training: z.int(),
  /** Null unless exactly two factors are compared, and where there are too many cells. */
  matrix: matrixSchema.nullable(),
  /** Over all factors that vary, whatever is compared; null where only one varies, or they cannot be separated. */
  effects: effectsSchema.nullable(),
});
export type Analysis = z.infer<typeof analysisSchema>;

/** How many seeds the compared runs need to show the smallest difference that matters. */
export const planSchema = z.object({
  /** Why no plan can be made. */
  because: z.enum(['never', 'few', 'constant', 'unpaired']).nullable(),
  plan: z
    .object({
      levels: z.int(),
      difference: z.number(),
      /** The standard deviation of a difference over seeds, and its 95% interval. */
      sd: realSchema,
      ci95: intervalSchema.nullable(),
      alpha: z.number(),
      look: z.int().nullable(),
      /** Enough seeds to name the best level in 80% of the cases, if it is better than each other by the difference. */
      seeds: z.int().nullable(),
      /** The same if the standard deviation is at the upper end of its interval. */
      atMost: z.int().nullable(),
      /** Enough seeds to show that difference for one given pair. */
      pair: z.int().nullable(),
      add: z
        .object({
          have: z.int(),
          more: z.int(),
          seeds: z.array(z.int()),
          runs: z.int(),
          trainingMs: z.number().nullable(),
          commands: z.array(z.string()),
        })
        .nullable(),
    })
    .nullable(),
});
export type PlanAnswer = z.infer<typeof planSchema>;

/** An answer without its runs: what the sentence of a verdict needs. */
export const answerSchema = analysisSchema
  .pick({
    metric: true,
    by: true,
    goal: true,
    observed: true,
    verdict: true,
    method: true,
    look: true,
    margin: true,
    training: true,
  })
  .extend({ levels: z.array(levelSchema.pick({ level: true, values: true, summary: true, order: true })) });
export type Answer = z.infer<typeof answerSchema>;

/** A measure of each layer over time. Steps are gathered into columns of equal width. */
export const layerMapSchema = z.object({
  /** Numbered from 1 at the input. */
  layers: z.array(z.int()),
  /** How many steps a column covers. */
  width: z.int(),
  columns: z.int(),
  /** For each layer the mean of each column: null where nothing was measured, NaN where nothing was finite. */
  values: z.array(z.array(realSchema.nullable())),
  runs: z.int(),
  /** For each column, how many runs recorded something at its steps. */
  runsOf: z.array(z.int()),
});
export type LayerMap = z.infer<typeof layerMapSchema>;

/** The distribution of one layer's activations at each recorded step. */
export const spreadSchema = z.object({
  layer: z.int(),
  /** `runs` is how many runs recorded the step. */
  looks: z.array(z.object({ step: z.int(), runs: z.int(), histogram: histogramSchema })),
});
export type Spread = z.infer<typeof spreadSchema>;
