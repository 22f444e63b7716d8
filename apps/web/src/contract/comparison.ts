import { histogramSchema } from '@whorl/core';
import { z } from 'zod';
import { idSchema, metricKeySchema, paramValueSchema, realSchema, shownNameSchema, statusSchema } from './schemas.ts';

// What a comparison says, as it crosses the wire.

/** A field's canonical text: `metrics.accuracy`, `model.activation`. */
export const shortFieldSchema = z.string().min(1).max(400);

/** How small a difference is none. */
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
  /** Whether it varies because the kind of its part does (`optimizer.beta1` beside `optimizer.name`). */
  follows: z.boolean(),
  /** How many values there are, of which `levels` may be the first ones. */
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
  /** Of the runs asked for by their ids: how many the record does not have, and which ones first. */
  missing: z.object({ count: z.int(), ids: z.array(z.string()) }),
  experiments: z.array(z.object({ id: idSchema, name: shownNameSchema })),
  /** Where it is the same of all. */
  study: z.string().nullable(),
  /** Whether Whorl trained all of them, so that their metrics are its own. */
  ownMetrics: z.boolean(),
});
export type Overview = z.infer<typeof overviewSchema>;

export const pairSchema = z.object({
  a: z.string(),
  b: z.string(),
  nPairs: z.int(),
  nDiverged: z.int(),
  /** In what these two differ beside what is compared. */
  confounds: z.array(z.string()),
  difference: realSchema.optional(),
  ci95: intervalSchema.optional(),
  p: realSchema.optional(),
  effectSize: realSchema.nullish(),
  pAdjusted: realSchema.optional(),
  /** The two share no seeds. */
  unpaired: z.literal(true).optional(),
  /** That the two are the same within the margin. */
  pSame: realSchema.optional(),
  /** Where some runs never got there: in how many seeds which of the two is ahead. */
  signs: z.object({ a: z.int(), b: z.int(), ties: z.int(), lead: z.number() }).optional(),
  pairsNeeded: z.int().nullish(),
});
export type PairAnswer = z.infer<typeof pairSchema>;

export const levelSchema = z.object({
  /** What it is called in pairs and verdicts. */
  level: z.string(),
  /** Its values of the factors. */
  values: z.array(levelValueSchema),
  /** Over its seeds. */
  summary: summarySchema.nullable(),
  /** Where some seeds never reached what the metric waits for; the summary is of those that did. */
  order: z.object({ seeds: z.int(), reached: z.int(), median: realSchema }).nullable(),
  /** Runs with a finite value. */
  finite: z.int(),
  diverged: z.int(),
  /** Runs that never reached what the metric waits for. */
  never: z.int(),
  /** The run whose value is the middle one; of none with a finite value, the first. */
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

/** What the levels themselves say. */
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

/** What is said at one level of what the effect depends on (core's `Facet`). */
const saidFacetSchema = z.object({
  level: z.string(),
  /** Its values of what the effect depends on. */
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
  /** More levels than are tested against each other. */
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

/** The levels at one level of what the effect depends on, with their runs and tests. */
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
      /** Against the best cell, of all pairs of cells together. */
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
  /** What is better: as was asked, or as is known of the metric; null where neither says. */
  goal: goalSchema.nullable(),
  /** Runs whose value counts. */
  observed: z.int(),
  /** Runs that do not count: not finished, by their status, or finished without the metric. */
  leftOut: z.object({ byStatus: z.partialRecord(statusSchema, z.int()), withoutMetric: z.int() }),
  levels: z.array(levelSchema),
  pairs: z.array(pairSchema),
  confounds: z.array(z.string()),
  verdict: verdictSchema,
  /** Where the effect depends on another factor: each of its levels by itself, else none. */
  facets: z.array(facetSchema),
  /** Null where nothing is tested. */
  method: methodSchema.nullable(),
  /** How often the runs could have been looked at (core's `Comparison`). */
  look: z.int().nullable(),
  margin: realSchema.nullable(),
  /** Runs that still train. */
  training: z.int(),
  /** Of two factors; null for any other number, and where there are more cells than can be looked at. */
  matrix: matrixSchema.nullable(),
  /** Of all factors that vary, whatever is compared; null where there are not two, or they cannot be told apart. */
  effects: effectsSchema.nullable(),
});
export type Analysis = z.infer<typeof analysisSchema>;

/** How many seeds the compared runs need to show the smallest difference that matters. */
export const planSchema = z.object({
  /** Why there is no plan. */
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
      /** They name the best level in 80% of the cases where it is better than each other by the difference. */
      seeds: z.int().nullable(),
      /** The same where the standard deviation is the upper end of its interval. */
      atMost: z.int().nullable(),
      /** They show one given pair so far apart. */
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

/** What the sentence of a verdict is made of. */
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

/** What a layer measured over time; the steps are put into columns of equal width. */
export const layerMapSchema = z.object({
  /** Counted from 1 at the input. */
  layers: z.array(z.int()),
  /** Steps a column. */
  width: z.int(),
  columns: z.int(),
  /** Of each layer the mean of each column: null where nothing was measured, NaN where nothing finite was. */
  values: z.array(z.array(realSchema.nullable())),
  runs: z.int(),
  /** How many of the runs each column is of: those that recorded something at its steps. */
  runsOf: z.array(z.int()),
});
export type LayerMap = z.infer<typeof layerMapSchema>;

/** How the activations of one layer were spread, look by look. */
export const spreadSchema = z.object({
  layer: z.int(),
  /** `runs` is how many runs were looked into at the step. */
  looks: z.array(z.object({ step: z.int(), runs: z.int(), histogram: histogramSchema })),
});
export type Spread = z.infer<typeof spreadSchema>;
