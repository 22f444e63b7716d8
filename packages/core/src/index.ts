export { ACTIVATION_LOOKS, BOUNDARY, CALIBRATION, DATA, histogramSchema, LOSS_SURFACE } from './artifacts/artifacts.ts';
export { dataPoints } from './artifacts/data-points.ts';
export {
  type Assignment,
  buildConfig,
  grid,
  parseAssignment,
  parseConfig,
  parseIntegers,
  writeAssignment,
} from './config/assignments.ts';
export { autoEngines } from './config/auto-engines.ts';
export { boundsAt, type NumberBounds } from './config/bounds.ts';
export { canonicalJson, configHash, flatten, type ParamValue, seedlessKey } from './config/canonical.ts';
export { ENGINE_NAMES, type EngineChoice, type EngineName, parseEngine, refuseEager } from './config/engine-names.ts';
export { type Config, configSchema, type DataConfig, KINDS } from './config/schema.ts';
export { batchRows, trainingRows } from './config/training-rows.ts';
export { attemptsOf } from './curves/attempts.ts';
export { pick, standing } from './curves/clean.ts';
export type { Curve } from './curves/curve.ts';
export { bucketWidth, downsample, type Range, within } from './curves/downsample.ts';
export { type GroupCurve, GroupSum } from './curves/group.ts';
export { GrowingCurve } from './curves/growing.ts';
export { onGrid } from './curves/on-grid.ts';
export { Smoother } from './curves/smooth.ts';
export { linearTicks, logTicks } from './curves/ticks.ts';
export type { DataNote, DataOutline } from './data/data-outline.ts';
export { chosenFactors, defaultFactors, varyingFactors } from './design/chosen-factors.ts';
export { type Design, designOf } from './design/design.ts';
export { NOTHING_VARIES, resolveFactor } from './design/named-factor.ts';
export type { Observation, Observed } from './design/observation.ts';
export { REPETITION } from './design/observation.ts';
export { levelOrder, valueOrder } from './design/order.ts';
export { own } from './design/own.ts';
export { isSeedParam } from './design/seed-param.ts';
export { isFactor, varyingPaths } from './design/varying.ts';
export { ACTIVATION_IDS, ACTIVATIONS } from './kinds/activations/index.ts';
export { isPlanar } from './kinds/data/draw.ts';
export type { OptimizerId } from './kinds/optimizers/index.ts';
export { hasDiverged, LOSS_KEYS, lastOf, resultIn, resultOf } from './metrics/diverged.ts';
export { goalOf } from './metrics/goal.ts';
export { isLatest, type LatestPoint } from './metrics/latest.ts';
export type { Goal } from './metrics/metric.ts';
export {
  MAIN_METRICS,
  mainMetricOf,
  mainPairOf,
  metricAxis,
  metricName,
  metricOf,
  metricWord,
} from './metrics/registry.ts';
export { standardMeasure } from './metrics/standard.ts';
export { configurationNames, recordedName } from './naming/configuration-names.ts';
export { cutMiddle } from './naming/cut-middle.ts';
export { factorLabels, levelNames, PAIR_WORD, pairName } from './naming/level-names.ts';
export { runName } from './naming/run-name.ts';
export { LEVEL_SEPARATOR, type LevelValue, writeValue } from './naming/write-value.ts';
export { parseDate } from './query/dates.ts';
export { conditionsOf, type Expression, fieldsOf, formatLiteral, type Literal } from './query/expression.ts';
export {
  ATTRIBUTES,
  type Attribute,
  type Field,
  formatField,
  type MetricPart,
  parseField,
  sameThing,
  valueKindOf,
} from './query/field.ts';
export { type Cell, type FieldInfo, MOST_DISTINCT } from './query/field-info.ts';
export { type UnknownField, unknownFields } from './query/unknown-fields.ts';
export { isoInZone, isTimeZone, offsetName } from './query/zoned.ts';
export { Rng } from './random/rng.ts';
export { damageReason, END_REASONS, endReasonIn } from './runs/end-reasons.ts';
export { noteProgress, type ProgressMark, timeLeft, totalSteps } from './runs/run-progress.ts';
export { isOwnSource, OWN_SOURCES, RUN_SOURCES, type RunSource } from './runs/run-source.ts';
export { type EndStatus, LIVE_STATUSES, RUN_STATUSES, type RunStatus } from './runs/run-status.ts';
export type { Calibration } from './statistics/calibration.ts';
export type {
  Asked,
  Comparison,
  Depends,
  Facet,
  Level,
  LevelVerdict,
  Pair,
  Verdict,
} from './statistics/comparison.ts';
export { dependsText, inOneGo, type SaidDepends } from './statistics/dependence-text.ts';
export { type Effect, type Effects, effectsOf } from './statistics/effects.ts';
export { EVERYTHING_ELSE, effectsNotes, effectText } from './statistics/effects-text.ts';
export { compare } from './statistics/facets.ts';
export { matrixOf } from './statistics/factor-matrix.ts';
export { FEWEST_PAIRS } from './statistics/family.ts';
export {
  differenceFormat,
  formatInterval,
  formatP,
  formatPSentence,
  formatShare,
  formatSigned,
  summaryFormat,
} from './statistics/format-statistics.ts';
export { aligned, BINS, type Histogram, histogramOf, pooled, totalOf } from './statistics/histogram.ts';
export { levelsOf } from './statistics/level-results.ts';
export { boundsOf } from './statistics/metric-traits.ts';
export { withLevelNames, withNamedLevels } from './statistics/named-comparison.ts';
export type { SeedSummary } from './statistics/replicates.ts';
export { FIRST_LOOK, type PlannedSize, planSeeds, type SeedPlan, type SeedsAsked } from './statistics/seed-plan.ts';
export { SPLIT_PATHS, sharedVariance } from './statistics/splits.ts';
export { summarize } from './statistics/summary.ts';
export { verdictOf } from './statistics/verdict-text.ts';
export { commandOf } from './studies/command-of.ts';
export { factorsOf, getStudy, probesOf, STUDIES, trainingStudy } from './studies/index.ts';
export { ladderRungs } from './studies/lenet-vs-alexnet.ts';
export { measuredRows } from './studies/measured-rows.ts';
export type { Probes } from './studies/probes.ts';
export {
  isComplete,
  judgeRecorded,
  type RecordedRun,
  withoutSeed,
} from './studies/recorded.ts';
export { assignmentsOf, repeatCommand } from './studies/repeat-command.ts';
export { configurationsOf, type RunSeen, type RunsToAdd, runsToAdd } from './studies/runs-to-add.ts';
export { type Stated, statedNumber } from './studies/stated.ts';
export {
  type Demonstration,
  type DemonstrationStudy,
  type Evidence,
  type Judgement,
  type Scale,
  SEEDS,
  type Study,
  type StudyRun,
  type TrainingStudy,
} from './studies/study.ts';
export { findStudyEvidence } from './studies/study-evidence.ts';
export { claimOf, judgeStudy, OUTCOMES, type Outcome, outcomeOf, type StudyVerdict } from './studies/verdict.ts';
export { shapeOf } from './studies/width-vs-depth.ts';
export {
  ConfigError,
  CsvError,
  DTypeMismatchError,
  EngineUnavailableError,
  QueryError,
  ShapeMismatchError,
  WhorlError,
} from './text/errors.ts';
export { formatNumber, type NumberFormat, numberFormat } from './text/format-number.ts';
export { LONGEST_NAME } from './text/name-limit.ts';
export { didYouMean, suggested } from './text/nearest.ts';
export { sha256Hex } from './text/sha256.ts';
export { joinTexts, type Language, sameText, type Text } from './text/text.ts';
export { foldPattern, foldText, naturalKey, naturalOrder } from './text/text-order.ts';
export { withoutPaths } from './text/without-paths.ts';
