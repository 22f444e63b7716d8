import type { DataPoints } from '#src/contract/schemas.ts';

/** Names for the axes and classes of pictures; null where there are none. */
export interface DataNames {
  readonly columns: readonly [string, string] | null;
  readonly standardized: boolean;
  readonly classes: readonly string[] | null;
}

const NAMELESS: DataNames = { columns: null, standardized: false, classes: null };

/** The names in the data of some runs; numbers where runs have different data, because one legend serves all pictures. */
export function dataNames(points: readonly DataPoints[]): DataNames {
  const [first, ...others] = points.map(namesOf);
  const own = JSON.stringify(first);
  return first && others.every((other) => JSON.stringify(other) === own) ? first : NAMELESS;
}

const namesOf = ({ columns, classNames, classes, standardized }: DataPoints): DataNames => ({
  columns: columns ?? null,
  standardized: standardized ?? false,
  classes: classNames?.length === classes ? classNames : null,
});
