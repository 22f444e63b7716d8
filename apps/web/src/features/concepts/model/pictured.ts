import { own, type ParamValue } from '@whorl/core';
import { type Look, levelsAmong, looksBy } from '#src/charts/looks.ts';
import type { EvidenceRow, MeasuredEvidence } from '#src/contract/evidence.ts';

/** A configuration of which pictures are shown. */
export interface Pictured {
  readonly key: string;
  readonly name: string;
  readonly look: Look;
  /** By seed, at least one. */
  readonly runIds: readonly [string, ...string[]];
}

/** More pictures than these say little in a column of text: the comparison has all of them. */
const MOST_PICTURED = 9;

/** The configurations of which pictures are shown: the first of the table that have runs, as they look in a comparison. */
export function picturedRows({ rows, factors, varying }: Pick<MeasuredEvidence, 'rows' | 'factors' | 'varying'>): {
  readonly shown: readonly Pictured[];
  /** How many there are. */
  readonly count: number;
} {
  const recorded = rows.filter(({ runIds }) => runIds.length > 0);
  const paramsOf = ({ values }: EvidenceRow): Record<string, ParamValue> =>
    Object.fromEntries(
      factors.flatMap((path, i) => {
        const value = values[i] ?? null;
        return value === null ? [] : [[path, value]];
      }),
    );
  const lookOf = looksBy(
    varying,
    levelsAmong(
      recorded.map((row) => ({ params: paramsOf(row) })),
      varying,
    ),
  );
  const shown = recorded.slice(0, MOST_PICTURED).map((row): Pictured => {
    const params = paramsOf(row);
    return {
      key: row.label,
      name: row.label,
      look: lookOf((path) => own(params, path)),
      runIds: row.runIds as [string, ...string[]],
    };
  });
  return { shown, count: recorded.length };
}
