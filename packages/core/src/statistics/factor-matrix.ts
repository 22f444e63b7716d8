import type { ParamValue } from '../config/canonical.ts';
import type { Observation } from '../design/observation.ts';
import { valueOrder } from '../design/order.ts';
import { goalOf } from '../metrics/goal.ts';
import type { Goal } from '../metrics/metric.ts';
import { compareLevels } from './compare-levels.ts';
import type { Pair } from './comparison.ts';
import { bestOf, leadOf } from './level-verdict.ts';
import type { PairedTest } from './student.ts';
import { ALPHA } from './student.ts';
import type { Summary } from './summary.ts';

/**
 * How a cell compares with the one of the best mean: `tied` not distinguishably worse, `worse` distinguishably so,
 * `untested` for too few pairs, `empty` without a finite value. Over pairs a cell may even beat the best: the means are
 * over all runs, some of which have no counterpart.
 */
export type CellStanding = 'best' | 'tied' | 'worse' | 'untested' | 'empty';

export interface MatrixCell {
  /** Indices into the matrix's rows and columns. */
  readonly row: number;
  readonly column: number;
  /** Over the cell's seeds; null where no value is finite. */
  readonly summary: Summary | null;
  /** Runs with a finite value. */
  readonly runs: number;
  /** Runs whose value is NaN or infinite. */
  readonly diverged: number;
  readonly standing: CellStanding;
  /** The test of best - this; null for the best cell itself and where there are fewer than two pairs. */
  readonly test: (Omit<PairedTest, 'difference'> & { readonly difference?: number; readonly pAdjusted: number }) | null;
}

/** Two factors as rows and columns. Cells without runs are left out. */
export interface FactorMatrix {
  readonly by: readonly [string, string];
  /** Null where nobody defines which way is better: the best cell is then the highest. */
  readonly goal: Goal | null;
  readonly rows: readonly (ParamValue | undefined)[];
  readonly columns: readonly (ParamValue | undefined)[];
  readonly cells: readonly MatrixCell[];
  /** What else differs from cell to cell, and may be why the best cell is best. */
  readonly confounds: readonly string[];
}

/**
 * The cells of two factors, each against the one with the best mean. Levels and tests are those of the comparison by
 * both factors, so that a table and a picture on a page agree.
 * @param by flattened config paths
 * @throws ConfigError for more cells than can be tested
 */
export function matrixOf(
  observations: readonly Observation[],
  { metric, by, goal = goalOf(metric) }: { metric: string; by: readonly [string, string]; goal?: Goal | null },
): FactorMatrix {
  const { levels, pairs, confounds } = compareLevels(observations, { metric, by, goal });
  const distinct = (at: 0 | 1) => [...new Set(levels.map(({ values }) => values[at]))].sort(valueOrder);
  const [rows, columns] = [distinct(0), distinct(1)];
  const best = bestOf(levels, goal);
  return {
    by,
    goal,
    rows,
    columns,
    confounds,
    cells: levels.map((level) => {
      const { values, summary, runs, diverged } = level;
      const cell = { row: rows.indexOf(values[0]), column: columns.indexOf(values[1]), summary, runs, diverged };
      if ((summary === null && !level.order) || !best) return { ...cell, standing: 'empty', test: null };
      if (level === best) return { ...cell, standing: 'best', test: null };
      const pair = pairs.find(
        ({ a, b }) => (a === best.level && b === level.level) || (b === best.level && a === level.level),
      );
      const test = pair && testFrom(pair, best.level);
      if (!test) return { ...cell, standing: 'untested', test: null };
      const isWorse = pair !== undefined && test.pAdjusted < ALPHA && leadOf(pair, best.level, goal) > 0;
      return { ...cell, standing: isWorse ? 'worse' : 'tied', test };
    }),
  };
}

/** A pair's test, turned into best - other; null where it has none. */
function testFrom({ a, nPairs, difference, ci95, p, effectSize, pAdjusted }: Pair, best: string): MatrixCell['test'] {
  if (p === undefined || pAdjusted === undefined) return null;
  const sign = a === best ? 1 : -1;
  const turned = ci95 && sign < 0 ? ([-ci95[1], -ci95[0]] as const) : ci95;
  return {
    nPairs,
    ...(difference === undefined ? {} : { difference: sign * difference }),
    ci95: turned ?? null,
    p,
    effectSize: effectSize ? sign * effectSize : (effectSize ?? null),
    pAdjusted,
  };
}
