import type { DependsAnswer, FacetAnswer, FactorValue, MatrixAnswer } from '#src/contract/comparison.ts';

const ALPHA = 0.05;

type Cell = MatrixAnswer['cells'][number];

/**
 * A matrix in which each cell is compared with the best cell of its own row or column, because the effect depends on that
 * factor.
 */
export interface Beside {
  /** Whether cells are compared within rows or within columns. */
  readonly side: 'row' | 'column';
  readonly matrix: MatrixAnswer;
}

/**
 * The matrix of a factor and the one that its effect depends on, with the same tests as the verdict; null for other factors.
 */
export function besideIn(
  matrix: MatrixAnswer,
  by: readonly [string, string],
  { of, on }: DependsAnswer,
  facets: readonly FacetAnswer[],
): Beside | null {
  const [row, column] = by;
  const side =
    of.length !== 1
      ? null
      : row === of[0] && on.includes(column)
        ? 'column'
        : column === of[0] && on.includes(row)
          ? 'row'
          : null;
  if (side === null) return null;
  const at = on.indexOf(side === 'column' ? column : row);
  const cells = matrix.cells.map((cell): Cell => {
    const [value, other] = [matrix.rows[cell.row] ?? null, matrix.columns[cell.column] ?? null];
    const [ofFacet, ofLevel] = side === 'column' ? [other, value] : [value, other];
    const facet = facets.find(({ values }) => values[at] === ofFacet);
    return { ...cell, ...(facet ? standingIn(facet, ofLevel) : { standing: 'untested', pAdjusted: null }) };
  });
  return { side, matrix: { ...matrix, cells } };
}

/** How a level compares with the best one of its facet, according to the verdict on it. */
function standingIn({ levels, pairs, verdict }: FacetAnswer, value: FactorValue): Pick<Cell, 'standing' | 'pAdjusted'> {
  const level = levels.find(({ values: [own] }) => own === value);
  if (!level || (level.summary === null && !level.order)) return { standing: 'empty', pAdjusted: null };
  const best = 'best' in verdict ? verdict.best : null;
  if (level.level === best) return { standing: 'best', pAdjusted: null };
  const pair = pairs.find(({ a, b }) => (a === best && b === level.level) || (b === best && a === level.level));
  const { pAdjusted } = pair ?? {};
  if (pAdjusted === undefined) return { standing: 'untested', pAdjusted: null };
  // In the runs that both have, it may even be better than the level with the best mean.
  const isAhead = verdict.kind === 'contradicted' && (verdict.by.a === level.level || verdict.by.b === level.level);
  return { standing: pAdjusted < ALPHA && !isAhead ? 'worse' : 'tied', pAdjusted };
}
