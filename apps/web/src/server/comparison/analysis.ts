import {
  type Asked,
  type Comparison,
  chosenFactors,
  compare,
  type Depends,
  type Design,
  designOf,
  effectsOf,
  factorsOf,
  type Goal,
  goalOf,
  type LevelVerdict,
  LIVE_STATUSES,
  levelsOf,
  matrixOf,
  type Observation,
  type Pair,
  type ParamValue,
  type Verdict,
  varyingFactors,
} from '@whorl/core';
import type {
  Analysis,
  EffectsAnswer,
  FacetAnswer,
  FactorValue,
  LevelAnswer,
  MatrixAnswer,
  PairAnswer,
} from '#src/contract/comparison.ts';
import type { Status } from '#src/contract/schemas.ts';

/** A finished run that has a value of the metric. */
export interface ObservedRun extends Observation {
  readonly id: string;
  readonly study: string;
  readonly name: string;
}

export interface LeftOut {
  readonly byStatus: Partial<Record<Status, number>>;
  readonly withoutMetric: number;
}

interface Question {
  /** The metric as a field, and its key. */
  readonly field: string;
  readonly metric: string;
  readonly by: readonly string[];
  readonly margin?: number | null;
  /** What is better, if the reader says so; null for what is known of the metric. */
  readonly goal?: Goal | null;
}

/** With more levels than this none are tested: the number of pairs grows with the square. */
export const MOST_TESTED_LEVELS = 40;
const MOST_CELLS = 2_500;

/** Analyses the observed runs by some factors. */
export function analyse(
  runs: readonly ObservedRun[],
  leftOut: LeftOut,
  { field, metric, by, margin = null, goal: asked }: Question,
): Analysis {
  const goal = asked ?? goalOf(metric);
  const training = LIVE_STATUSES.reduce((sum, status) => sum + (leftOut.byStatus[status] ?? 0), 0);
  const design = designOf(runs, by);
  const found = compareSome(runs, design, { metric, by, goal, margin, training });
  const [first, second] = by;
  const two = first !== undefined && second !== undefined && by.length === 2 ? ([first, second] as const) : null;
  return {
    metric: field,
    by: [...by],
    goal,
    observed: runs.length,
    leftOut,
    levels: found.levels.map((level, i) => toLevel(level, design.levels[i]?.runs ?? [])),
    pairs: found.pairs.map(toPair),
    confounds: [...found.confounds],
    verdict: toVerdict(found.verdict),
    facets: found.verdict.kind === 'depends' ? toFacets(found.verdict, runs) : [],
    method: found.method,
    look: found.look,
    margin,
    training,
    // The rings of the matrix are tests of the comparison, so without tests there is no matrix.
    matrix: two && found.verdict.kind !== 'too-many-levels' ? matrix(runs, { metric, goal }, two) : null,
    effects: effects(runs, found.look),
  };
}

type Untested = Extract<Analysis['verdict'], { kind: 'too-many-levels' | 'no-values' }>;
type Found = Pick<Comparison, 'levels' | 'pairs' | 'confounds'> &
  Pick<Analysis, 'method' | 'look'> & { readonly verdict: Verdict | Untested };

function compareSome(runs: readonly ObservedRun[], design: Design<ObservedRun>, asked: Asked): Found {
  const untested = { pairs: [], method: null, look: null };
  if (runs.length === 0) return { levels: [], confounds: [], ...untested, verdict: { kind: 'no-values' } };
  const levels = levelsOf(design, asked.metric);
  if (levels.length > MOST_TESTED_LEVELS) {
    const verdict = { kind: 'too-many-levels', levels: levels.length, most: MOST_TESTED_LEVELS } as const;
    return { levels, confounds: design.confounds, ...untested, verdict };
  }
  return compare(runs, asked);
}

function toPair({ ci95, confounds, ...pair }: Pair): PairAnswer {
  return { ...pair, confounds: [...confounds], ...(ci95 ? { ci95: [...ci95] } : {}) };
}

function toVerdict(verdict: Verdict | Untested): Analysis['verdict'] {
  if (verdict.kind === 'no-values' || verdict.kind === 'too-many-levels') return verdict;
  if (verdict.kind !== 'depends') return toLevelVerdict(verdict);
  const { of, on, also, within, without, ...said } = verdict;
  return {
    ...said,
    of: [...of],
    on: [...on],
    also: also.map((paths) => [...paths]),
    within: within.map(({ level, values, comparison }) => ({
      level,
      values: values.map(orNull),
      levels: comparison.levels.map((found) => ({
        level: found.level,
        values: found.values.map(orNull),
        summary: toSummary(found.summary),
      })),
      verdict: toLevelVerdict(comparison.verdict),
    })),
    without: toLevelVerdict(without),
  };
}

function toLevelVerdict(verdict: LevelVerdict): FacetAnswer['verdict'] {
  switch (verdict.kind) {
    case 'confounded':
      return { ...verdict, paths: [...verdict.paths] };
    case 'best':
      return { ...verdict, over: toPair(verdict.over), untested: [...verdict.untested] };
    case 'contradicted':
      return { ...verdict, by: toPair(verdict.by) };
    case 'same':
      return { ...verdict, same: [...verdict.same], untested: [...verdict.untested] };
    case 'tied':
      return {
        ...verdict,
        tied: [...verdict.tied],
        over: verdict.over && toPair(verdict.over),
        untested: [...verdict.untested],
      };
    default:
      return verdict;
  }
}

function toFacets({ on, within }: Depends, runs: readonly ObservedRun[]): FacetAnswer[] {
  const levelsOfOther = designOf(runs, on).levels;
  return within.map(({ level, values, comparison }) => {
    const { levels, pairs, method, by, verdict } = comparison;
    const design = designOf(levelsOfOther.find(({ key }) => key === level)?.runs ?? [], by);
    return {
      level,
      values: values.map(orNull),
      levels: levels.map((found, i) => toLevel(found, design.levels[i]?.runs ?? [])),
      pairs: pairs.map(toPair),
      method,
      verdict: toLevelVerdict(verdict),
    };
  });
}

const toSummary = (summary: Comparison['levels'][number]['summary']): LevelAnswer['summary'] =>
  summary && { ...summary, ci95: summary.ci95 && [...summary.ci95] };

function toLevel(
  { level, values, summary, order, never = 0, runs: finite, diverged }: Comparison['levels'][number],
  group: readonly ObservedRun[],
): LevelAnswer {
  return {
    level,
    values: values.map(orNull),
    summary: toSummary(summary),
    order: order ? { ...order } : null,
    finite,
    diverged,
    never,
    median: medianOf(group)?.id ?? '',
    runs: {
      ids: group.map(({ id }) => id),
      names: group.map(({ name }) => name),
      seeds: group.map(({ params }) => (typeof params.seed === 'number' ? params.seed : null)),
      values: group.map(({ value }) => value),
    },
  };
}

const orNull = (value: ParamValue | undefined): FactorValue => value ?? null;

/** Of an even number the lower of the two middle ones, so that it is an actual run. */
function medianOf(group: readonly ObservedRun[]): ObservedRun | undefined {
  const finite = group.filter(({ value }) => Number.isFinite(value)).sort((a, b) => a.value - b.value);
  return finite[Math.floor((finite.length - 1) / 2)] ?? group[0];
}

function matrix(
  runs: readonly ObservedRun[],
  { metric, goal }: { readonly metric: string; readonly goal: Goal | null },
  by: readonly [string, string],
): MatrixAnswer | null {
  const { rows, columns, cells, confounds } = matrixOf(runs, { metric, by, goal });
  if (rows.length * columns.length > MOST_CELLS) return null;
  return {
    rows: rows.map(orNull),
    columns: columns.map(orNull),
    confounds: [...confounds],
    cells: cells.map(({ summary, test, ...cell }) => ({
      ...cell,
      summary: summary && { ...summary, ci95: summary.ci95 && [...summary.ci95] },
      pAdjusted: test?.pAdjusted ?? null,
    })),
  };
}

/** Over all factors that vary, not only the compared ones. With a single factor the verdict already says it. */
function effects(runs: readonly ObservedRun[], look: number | null): EffectsAnswer | null {
  const factors = chosenFactors(runs, varyingFactors(runs, factorsOf(runs[0]?.study ?? '')));
  return factors.length > 1 ? (structuredClone(effectsOf(runs, factors, look)) as EffectsAnswer | null) : null;
}
