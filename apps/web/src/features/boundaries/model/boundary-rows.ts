import type { FactorValue, LevelAnswer } from '#src/contract/comparison.ts';

// Pictures side by side show what the compared factors do only where all else is the same: a row of them holds the other
// factors and the seed.

/** What is held equal in a row: a value of each of the other factors, and the seed. */
export interface Held {
  readonly values: readonly FactorValue[];
  readonly seed: FactorValue;
}

/** The runs of a row, one a level in the levels' order; null where a level has no such run. */
export interface BoundaryRow {
  readonly held: Held;
  readonly runs: readonly (string | null)[];
}

/**
 * The runs of all levels in rows. A run that repeats another of the same config is in a row of its own.
 * @param heldOf what a run has of the other factors, and its seed; undefined where it is not known
 * @param orders the values of each of the other factors in order
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

/** Of each combination of the other factors the row that most levels have a run of, the one of the lowest seed first. */
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

/** How many pictures rows have. */
export const picturesOf = (rows: readonly BoundaryRow[]): number =>
  rows.reduce((sum, { runs }) => sum + runs.filter((id) => id !== null).length, 0);

/**
 * The first rows, as many as have no more pictures than these.
 * @param widest rows of no more pictures are whole; of the first longer one there is what there is room for
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

/** The runs of a row up to so many. */
function firstRuns(runs: BoundaryRow['runs'], most: number): BoundaryRow['runs'] {
  const present = runs.flatMap((id, i) => (id === null ? [] : [i]));
  return runs.slice(0, (present[most - 1] as number) + 1);
}

const keyOf = (values: readonly FactorValue[]): string =>
  JSON.stringify(values.map((value) => [typeof value, String(value)]));
