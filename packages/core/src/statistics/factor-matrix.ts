import type { ParamValue } from '../config/canonical.ts';
import { ALPHA, FEWEST_PAIRS, type Goal, goalOf, meansByKey } from './comparison.ts';
import { byLevel, confoundsOf, type Observation, pairing } from './design.ts';
import { holm, type PairedTest, pairedTest } from './student.ts';
import { type Summary, summarize } from './summary.ts';

/**
 * How a cell stands to the one with the best mean: not distinguishably worse, distinguishably worse, or with too few
 * pairs to say. `empty` has no finite value. By pairs a cell may even be better than the best: the means are over all
 * runs, some of which may have no counterpart.
 */
export type CellStanding = 'best' | 'tied' | 'worse' | 'untested' | 'empty';

export interface MatrixCell {
  /** Indices into the matrix's rows and columns. */
  readonly row: number;
  readonly column: number;
  /** Of the finite values; null where there are none. */
  readonly summary: Summary | null;
  /** Runs whose value is NaN or infinite. */
  readonly diverged: number;
  readonly standing: CellStanding;
  /** Against the best cell, best - this; null for the best itself and where there are fewer than two pairs. */
  readonly test: (PairedTest & { readonly pHolm: number }) | null;
}

/** Two factors against each other. Cells without any run are left out. */
export interface FactorMatrix {
  readonly by: readonly [string, string];
  readonly goal: Goal;
  readonly rows: readonly (ParamValue | undefined)[];
  readonly columns: readonly (ParamValue | undefined)[];
  readonly cells: readonly MatrixCell[];
  /** What differs from cell to cell, too: the best cell may owe its place to it. */
  readonly confounds: readonly string[];
}

/**
 * The cells of two factors, each against the one with the best mean by a paired test, Holm-corrected over these tests.
 * @param by flattened config paths
 */
export function matrixOf(
  observations: readonly Observation[],
  { metric, by, goal = goalOf(metric) }: { metric: string; by: readonly [string, string]; goal?: Goal },
): FactorMatrix {
  const confounds = confoundsOf(observations, by);
  const keyOf = pairing(observations, by, confounds);
  const groups = byLevel(observations, by);
  const levelsOf = (path: string) => sortedLevels(observations.map(({ params }) => params[path]));
  const [rows, columns] = [levelsOf(by[0]), levelsOf(by[1])];
  const cells = [...groups.values()].map((group) => {
    const params = group[0]?.params ?? {};
    const finite = group.map(({ value }) => value).filter(Number.isFinite);
    return {
      row: rows.indexOf(params[by[0]]),
      column: columns.indexOf(params[by[1]]),
      summary: finite.length > 0 ? summarize(finite) : null,
      diverged: group.length - finite.length,
      values: meansByKey(group, keyOf),
    };
  });
  const sign = goal === 'highest' ? 1 : -1;
  const best = cells.reduce<(typeof cells)[number] | null>((leader, cell) => {
    if (!cell.summary) return leader;
    return leader?.summary && sign * (leader.summary.mean - cell.summary.mean) >= 0 ? leader : cell;
  }, null);
  const tests = cells.map((cell) =>
    best && cell !== best ? pairedTest(differencesOf(best.values, cell.values)) : null,
  );
  // A test of two pairs says nothing, and would cost the others their power.
  const isTold = (test: PairedTest | null): test is PairedTest => test !== null && test.nPairs >= FEWEST_PAIRS;
  const corrected = holm(tests.filter(isTold).map(({ p }) => p));
  let told = 0;
  return {
    by,
    goal,
    rows,
    columns,
    confounds,
    cells: cells.map(({ values: _, ...cell }, i) => {
      const test = tests[i] ?? null;
      if (cell.summary === null) return { ...cell, standing: 'empty', test: null };
      if (cells[i] === best) return { ...cell, standing: 'best', test: null };
      if (!isTold(test)) return { ...cell, standing: 'untested', test: null };
      const pHolm = corrected[told++] as number;
      const isWorse = pHolm < ALPHA && sign * test.difference > 0;
      return { ...cell, standing: isWorse ? 'worse' : 'tied', test: { ...test, pHolm } };
    }),
  };
}

function differencesOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number[] {
  return [...a].flatMap(([key, value]) => {
    const other = b.get(key);
    return other === undefined ? [] : [value - other];
  });
}

/** Numbers by size, before texts; these in the order in which they appear; a missing value last. */
function sortedLevels(values: readonly (ParamValue | undefined)[]): (ParamValue | undefined)[] {
  const distinct = [...new Set(values)];
  const rank = (value: ParamValue | undefined) => (value === undefined ? 2 : typeof value === 'number' ? 0 : 1);
  return distinct.sort((a, b) => rank(a) - rank(b) || (typeof a === 'number' && typeof b === 'number' ? a - b : 0));
}
