import type { FactorValue, LevelAnswer } from '#src/contract/comparison.ts';

// Pictures side by side show the effect of the compared factors only if everything else is equal. So the runs of a row share
// the other factors and the seed.

/** What the runs of a row share: values of the other factors, and the seed. */
export interface Held {
  readonly values: readonly FactorValue[];
  readonly seed: FactorValue;
}

/** The runs of a row, one for each level; null where a level has no such run. */
export interface BoundaryRow {
  readonly held: Held;
  readonly runs: readonly (string | null)[];
}

/**
 * Arranges the runs of all levels in rows. Runs that repeat a config get a row of their own.
 * @param heldOf the run's values of the other factors and its seed; undefined where they are unknown
 * @param orders the values of each other factor, in order
 */
export function boundaryRows(
  levels: readonly Pick<LevelAnswer, 'runs'>[],
  heldOf: (runId: string) => Held | undefined,
  orders: readonly (readonly FactorValue[])[],
): BoundaryRow[] {
  const rows = new Map<string, { readonly held: Held; readonly runs: (string | null)[] }>();
  for (const [column, { runs }] of levels.entries()) {
    const seen = new Map<string, number>();
    for (const id of runs.ids) {
      const held = heldOf(id);
      if (!held) continue;
      const key = keyOf([...held.values, held.seed]);
      const nth = (seen.get(key) ?? 0) + 1;
      seen.set(key, nth);
      const name = `${nth} ${key}`;
      const row = rows.get(name) ?? { held, runs: levels.map(() => null) };
      row.runs[column] = id;
      rows.set(name, row);
    }
  }
  const placeOf = (row: BoundaryRow, factor: number) => orders[factor]?.indexOf(row.held.values[factor] ?? null) ?? 0;
  return [...rows.values()].sort(
    (a, b) =>
      orders.reduce((order, _, factor) => order || placeOf(a, factor) - placeOf(b, factor), 0) ||
      Number(a.held.seed) - Number(b.held.seed),
  );
}

/** For each combination of the other factors, the row with the most levels; of equal ones that with the lowest seed. */
export function oneSeedEach(rows: readonly BoundaryRow[]): BoundaryRow[] {
  const best = new Map<string, BoundaryRow>();
  const filled = ({ runs }: BoundaryRow) => runs.filter((id) => id !== null).length;
  for (const row of rows) {
    const key = keyOf(row.held.values);
    const found = best.get(key);
    if (!found || filled(row) > filled(found)) best.set(key, row);
  }
  return [...best.values()];
}

/** How many pictures the rows have. */
export const picturesOf = (rows: readonly BoundaryRow[]): number =>
  rows.reduce((sum, { runs }) => sum + runs.filter((id) => id !== null).length, 0);

/**
 * The first rows with at most this many pictures.
 * @param widest rows with at most this many pictures are never cut; the first longer one is cut to the remaining room
 */
export function firstRows(rows: readonly BoundaryRow[], most: number, widest = most): BoundaryRow[] {
  const shown: BoundaryRow[] = [];
  let room = most;
  for (const row of rows) {
    const pictures = picturesOf([row]);
    if (pictures > room) {
      if (room > 0 && pictures > widest) shown.push({ ...row, runs: firstRuns(row.runs, room) });
      break;
    }
    shown.push(row);
    room -= pictures;
  }
  return shown;
}

/** At most this many runs of a row. */
function firstRuns(runs: BoundaryRow['runs'], most: number): BoundaryRow['runs'] {
  const present = runs.flatMap((id, i) => (id === null ? [] : [i]));
  return runs.slice(0, (present[most - 1] as number) + 1);
}

const keyOf = (values: readonly FactorValue[]): string =>
  JSON.stringify(values.map((value) => [typeof value, String(value)]));
