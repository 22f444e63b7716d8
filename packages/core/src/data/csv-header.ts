import { CsvError } from '../text/errors.ts';
import { suggested } from '../text/nearest.ts';
import type { Text } from '../text/text.ts';
import { isDecimal, isMissing, quote } from './csv-number.ts';
import { firstAlike, lookOf } from './csv-spelling.ts';

/** No table that somebody made has more features. */
const MOST_COLUMNS = 10_000;
/** How many columns an error lists at most. */
const LISTED = 20;
const ROW = 1;

const SEPARATORS: readonly (readonly [separator: RegExp, plural: Text])[] = [
  [/;/, { en: 'semicolons', zh: '分号' }],
  [/\t/, { en: 'tabs', zh: '制表符' }],
  [/\|/, { en: 'bars', zh: '竖线' }],
  [/\S +\S/, { en: 'spaces', zh: '空格' }],
];

/** The names of the columns in their order, and which of them holds the classes. */
export interface CsvHeader {
  readonly columns: readonly string[];
  readonly labelAt: number;
}

export interface HeaderOptions {
  /** The column of the classes; empty for the last one. */
  readonly label: string;
  /** Whether the first row names the columns; undefined: it has to be names beyond doubt. */
  readonly header: boolean | undefined;
}

/**
 * The header of a file, from its first row; a file without names has its columns named by their places.
 * @throws CsvError for a row that is not a header, or perhaps not, or that lacks the column of the classes
 */
export function readHeader(file: string, cells: readonly string[], options: HeaderOptions): CsvHeader {
  refuseOtherSeparators(file, cells);
  if (options.header === false) return numberedHeader(file, cells.length, options.label);
  if (options.header === undefined) refuseRows(file, cells, options.label);
  return named(file, cells, options.label);
}

/** The header of a file without column names: `column 1`, `column 2`. */
export function numberedHeader(file: string, width: number, label: string): CsvHeader {
  return named(
    file,
    Array.from({ length: width }, (_, i) => `column ${i + 1}`),
    label,
  );
}

function refuseOtherSeparators(file: string, cells: readonly string[]): void {
  const [only = ''] = cells;
  const separator = cells.length === 1 && SEPARATORS.find(([pattern]) => pattern.test(only));
  if (!separator) return;
  const [, { en, zh }] = separator;
  const reason = {
    en: `the fields are separated by ${en}, expected commas; save the file with commas between fields and points in numbers (1.5)`,
    zh: `字段之间用的是${zh}，应为逗号；请保存为以逗号分隔、以点作小数点（1.5）的文件`,
  };
  throw new CsvError(file, { row: ROW }, reason);
}

/**
 * Refuses a first row that may hold data, which would be lost as names.
 * @throws CsvError
 */
function refuseRows(file: string, cells: readonly string[], label: string): void {
  const shown = quote(cells.slice(0, 5).join(','));
  const choice = {
    en: `set data.header=false where it is a row (the columns are then called "column 1" to "column ${cells.length}"), or data.header=true where these are names`,
    zh: `如果这一行是数据，请设 data.header=false（各列将称为“column 1”到“column ${cells.length}”）；如果是列名，请设 data.header=true`,
  };
  if (cells.every(isDecimal)) {
    const reason = {
      en: `the header is missing: every field of the first row is a number (${shown}); put a row with the columns' names above, or ${choice.en}`,
      zh: `缺少表头：第一行的每个字段都是数字（${shown}）；请在上面加一行列名。${choice.zh}`,
    };
    throw new CsvError(file, { row: ROW }, reason);
  }
  const labelAt = label === '' ? cells.length - 1 : placeOf(label, cells);
  // Where no column has the label's name, any column may be the one of the classes.
  const others = cells.filter((cell, at) =>
    labelAt === undefined ? isDecimal(cell) || isMissing(cell) : at !== labelAt,
  );
  const isData = others.length >= cells.length - 1 && others.every((cell) => isDecimal(cell) || isMissing(cell));
  if (isData && others.some(isDecimal)) {
    const reason = {
      en: `the header seems to be missing: every field of the first row but that of the classes is a number (${shown}); ${choice.en}`,
      zh: `似乎缺少表头：第一行除类别以外的字段都是数字（${shown}）；${choice.zh}`,
    };
    throw new CsvError(file, { row: ROW }, reason);
  }
}

function named(file: string, cells: readonly string[], label: string): CsvHeader {
  if (cells.length === 1) {
    const reason = {
      en: 'is the only column; expected at least one feature and a column of classes, separated by commas',
      zh: '是唯一的一列；应至少有一个特征和一列类别，以逗号分隔',
    };
    throw new CsvError(file, { row: ROW, column: cells[0] as string }, reason);
  }
  if (cells.length > MOST_COLUMNS) {
    throw new CsvError(
      file,
      { row: ROW },
      {
        en: `has ${cells.length} columns, expected at most ${MOST_COLUMNS}; leave some out`,
        zh: `有 ${cells.length} 列，最多 ${MOST_COLUMNS} 列；请去掉一些`,
      },
    );
  }
  const unnamed = cells.indexOf('');
  if (unnamed >= 0) {
    const reason = { en: 'the column has no name; give it one', zh: '这一列没有列名；请为它取一个' };
    throw new CsvError(file, { row: ROW, column: unnamed + 1 }, reason);
  }
  const alike = firstAlike(cells, lookOf);
  if (alike) {
    const [before, name] = alike;
    const at = [cells.indexOf(before) + 1, cells.lastIndexOf(name) + 1];
    const reason = {
      en: `columns ${at[0]} and ${at[1]} both have this name; rename one`,
      zh: `第 ${at[0]} 列和第 ${at[1]} 列都用这个列名；请改掉其中一个`,
    };
    throw new CsvError(file, { row: ROW, column: name }, reason);
  }
  const meant = label.trim();
  const labelAt = meant === '' ? cells.length - 1 : placeOf(meant, cells);
  if (labelAt === undefined) {
    const near = suggested(meant, cells);
    const some = cells.slice(0, LISTED).join(', ');
    const rest = cells.length - LISTED;
    const reason = {
      en: `data.label names no column.${near.en} Allowed: ${some}${rest > 0 ? `, and ${rest} more` : ''}`,
      zh: `data.label 指定的列不存在。${near.zh}可用的有：${some}${rest > 0 ? `，另有 ${rest} 个` : ''}`,
    };
    throw new CsvError(file, { row: ROW, column: meant }, reason);
  }
  return { columns: cells, labelAt };
}

function placeOf(label: string, cells: readonly string[]): number | undefined {
  const meant = lookOf(label);
  const at = cells.findIndex((cell) => lookOf(cell) === meant);
  return at < 0 ? undefined : at;
}
