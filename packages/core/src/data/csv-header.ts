import { suggestion } from '../config/nearest.ts';
import { CsvError } from '../errors.ts';
import { isDecimal, quote } from './csv-number.ts';

/** Most columns: more features than this are no table that somebody wrote. */
const MOST_COLUMNS = 10_000;
/** How many columns an error lists. */
const LISTED = 20;

const SEPARATORS: readonly (readonly [separator: string, plural: string])[] = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars'],
];

/** The names of the columns in their order, and which of them holds the classes. */
export interface CsvHeader {
  readonly columns: readonly string[];
  readonly labelAt: number;
}

/**
 * Reads the first row of a file.
 * @param label the column of the classes; empty: the last one
 * @throws CsvError for a row that is no header, or one without that column
 */
export function readHeader(file: string, cells: readonly string[], label: string): CsvHeader {
  const row = 1;
  const [only = ''] = cells;
  const separator = cells.length === 1 && SEPARATORS.find(([character]) => only.includes(character));
  if (separator) {
    const reason = `the fields are separated by ${separator[1]}, expected commas; save the file with commas between fields and points in numbers (1.5)`;
    throw new CsvError(file, { row }, reason);
  }
  if (cells.every(isDecimal)) {
    const reason = `the header is missing: every field of the first row is a number (${quote(cells.slice(0, 5).join(','))}); put a row with the columns' names above`;
    throw new CsvError(file, { row }, reason);
  }
  if (cells.length === 1) {
    const reason = 'is the only column; expected at least one feature and a column of classes, separated by commas';
    throw new CsvError(file, { row, column: only }, reason);
  }
  if (cells.length > MOST_COLUMNS) {
    throw new CsvError(file, { row }, `has ${cells.length} columns, expected at most ${MOST_COLUMNS}; leave some out`);
  }
  const firstAt = new Map<string, number>();
  for (const [at, name] of cells.entries()) {
    if (name === '') throw new CsvError(file, { row, column: at + 1 }, 'the column has no name; give it one');
    const before = firstAt.get(name);
    if (before !== undefined) {
      const reason = `columns ${before + 1} and ${at + 1} both have this name; rename one`;
      throw new CsvError(file, { row, column: name }, reason);
    }
    firstAt.set(name, at);
  }
  const meant = label.trim();
  const labelAt = meant === '' ? cells.length - 1 : firstAt.get(meant);
  if (labelAt === undefined) {
    const more = cells.length > LISTED ? `, and ${cells.length - LISTED} more` : '';
    const reason = `data.label names no column.${suggestion(meant, cells)} Allowed: ${cells.slice(0, LISTED).join(', ')}${more}`;
    throw new CsvError(file, { row, column: meant }, reason);
  }
  return { columns: cells, labelAt };
}
