import {
  type Asked,
  byLevel,
  type Comparison,
  chosenFactors,
  compare,
  confoundsOf,
  effectsOf,
  type Goal,
  goalOf,
  LIVE_STATUSES,
  levelsOf,
  matrixOf,
  type Observation,
  own,
  type ParamValue,
  varyingFactors,
} from '@whorl/core';
import type { Status } from '../schemas.ts';
import type { Analysis, EffectsAnswer, LevelAnswer, LevelValue, MatrixAnswer } from './schemas.ts';

/** A finished run with a value of the metric. */
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
  /** The metric's field, and its key. */
  readonly field: string;
  readonly metric: string;
  readonly by: readonly string[];
  readonly margin?: number | null;
  /** What is better, where the reader says; null for what is known of the metric. */
  readonly goal?: Goal | null;
}

/** Each two levels are tested against each other: their number grows with the square. */
export const MOST_TESTED_LEVELS = 40;
const MOST_CELLS = 2_500;

/** What the observed runs say of some factors. */
export function analyse(
  runs: readonly ObservedRun[],
  leftOut: LeftOut,
  { field, metric, by, margin = null, goal: asked }: Question,
): Analysis {
  const goal = asked ?? goalOf(metric);
  const training = LIVE_STATUSES.reduce((sum, status) => sum + (leftOut.byStatus[status] ?? 0), 0);
  const found = compareSome(runs, { metric, by, goal, margin, training });
  const groups = byLevel(runs, by) as Map<string, ObservedRun[]>;
  const [first, second] = by;
  const two = first !== undefined && second !== undefined && by.length === 2 ? ([first, second] as const) : null;
  return {
    metric: field,
    by: [...by],
    goal,
    observed: runs.length,
    leftOut,
    levels: found.levels.map((level) => toLevel(level, groups.get(level.level) ?? [], by)),
    pairs: found.pairs.map(({ ci95, confounds, ...pair }) => ({
      ...pair,
      confounds: [...confounds],
      ...(ci95 ? { ci95: [...ci95] } : {}),
    })),
    confounds: [...found.confounds],
    verdict: found.verdict,
    method: found.method,
    look: found.look,
    margin,
    training,
    // Its rings are the tests of the comparison: where there are none, there is no matrix.
    matrix: two && found.verdict.kind !== 'too-many-levels' ? matrix(runs, { metric, goal }, two) : null,
    effects: effects(runs),
  };
}

type Found = Pick<Comparison, 'levels' | 'pairs' | 'confounds'> & Pick<Analysis, 'verdict' | 'method' | 'look'>;

function compareSome(runs: readonly ObservedRun[], asked: Asked): Found {
  const { by } = asked;
  const untested = { pairs: [], method: null, look: null };
  if (runs.length === 0) return { levels: [], confounds: [], ...untested, verdict: { kind: 'no-values' } };
  const levels = levelsOf(runs, by, asked.metric);
  if (levels.length > MOST_TESTED_LEVELS) {
    const verdict = { kind: 'too-many-levels', levels: levels.length, most: MOST_TESTED_LEVELS } as const;
    return { levels, confounds: confoundsOf(runs, by), ...untested, verdict };
  }
  const found = compare(runs, asked);
  return { ...found, verdict: structuredClone(found.verdict) as Analysis['verdict'] };
}

function toLevel(
  { level, summary, order, never = 0, runs: finite, diverged }: Comparison['levels'][number],
  group: readonly ObservedRun[],
  by: readonly string[],
): LevelAnswer {
  return {
    level,
    values: by.map((path) => orNull(own(group[0]?.params ?? {}, path))),
    summary: summary && { ...summary, ci95: summary.ci95 && [...summary.ci95] },
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

const orNull = (value: ParamValue | undefined): LevelValue => value ?? null;

/** Of an even number, the lower of the two in the middle: it is a run, and not between two. */
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

/** Of all factors that vary: what is compared is one of them. Of one factor the verdict says as much. */
function effects(runs: readonly ObservedRun[]): EffectsAnswer | null {
  const factors = chosenFactors(runs, varyingFactors(runs));
  return factors.length > 1 ? (structuredClone(effectsOf(runs, factors)) as EffectsAnswer | null) : null;
}
