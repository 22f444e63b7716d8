import { isDecimal } from './csv-number.ts';

// The files of scikit-learn begin with what follows: `150,4,setosa,versicolor,virginica` stands above 150 rows of 4
// features and the place of a class in this list.

/** What a row of counts says. */
export interface Counts {
  readonly rows: number;
  readonly features: number;
  readonly classes: readonly string[];
}

const COUNT = /^[1-9]\d*$/;

/** What `cells` say where they may be a row of counts; the number of fields in the next row decides. */
export function countsOf(cells: readonly string[]): Counts | null {
  const [rows = '', features = '', ...classes] = cells;
  const isCounts = COUNT.test(rows) && COUNT.test(features) && classes.length >= 2;
  if (!isCounts || classes.some((name) => name === '' || isDecimal(name))) return null;
  return { rows: Number(rows), features: Number(features), classes };
}

/** The name of the class at the place that `text` gives; null where there is none. */
export const classByPlace = ({ classes }: Counts, text: string): string | null =>
  /^\d+$/.test(text) ? (classes[Number(text)] ?? null) : null;
