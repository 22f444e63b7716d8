import { isDecimal } from './csv-number.ts';

// scikit-learn's files begin with a row of counts: `150,4,setosa,versicolor,virginica` stands above 150 rows of 4
// features, each of which ends in the place of its class in this list.

/** The content of a row of counts. */
export interface Counts {
  readonly rows: number;
  readonly features: number;
  readonly classes: readonly string[];
}

const COUNT = /^[1-9]\d*$/;

/**
 * Reads `cells` as a row of counts; null where they cannot be one. Whether they are is decided by the length of the
 * next row.
 */
export function countsOf(cells: readonly string[]): Counts | null {
  const [rows = '', features = '', ...classes] = cells;
  const isCounts = COUNT.test(rows) && COUNT.test(features) && classes.length >= 2;
  if (!isCounts || classes.some((name) => name === '' || isDecimal(name))) return null;
  return { rows: Number(rows), features: Number(features), classes };
}

/** The name of the class at the place that `text` gives; null where no class has that place. */
export const classByPlace = ({ classes }: Counts, text: string): string | null =>
  /^\d+$/.test(text) ? (classes[Number(text)] ?? null) : null;
