import { parse, CsvError as SyntaxFault } from 'csv-parse/sync';
import { CsvError } from '../text/errors.ts';
import { sameText, type Text } from '../text/text.ts';
import { type Counts, classByPlace, countsOf } from './csv-counts.ts';
import { type CsvHeader, numberedHeader, readHeader } from './csv-header.ts';
import { isDecimal, keepsDigits, parseFeature, quote } from './csv-number.ts';
import { firstAlike, looseSpellingOf, reveal, spellingOf } from './csv-spelling.ts';
import type { DataNote } from './data-outline.ts';

/** A table of numbers with a class for each row. */
export interface CsvTable {
  /** Names of the features, in the order of the columns. */
  readonly features: readonly string[];
  /** The column of the classes. */
  readonly label: string;
  /** The names of the classes, ordered by the code units of their characters. */
  readonly classes: readonly string[];
  /** [count, features.length], row by row, in double precision. */
  readonly x: Float64Array;
  /** The place in `classes` of each row's class. */
  readonly labels: Int32Array;
  readonly count: number;
  readonly notes: readonly DataNote[];
}

export interface CsvOptions {
  /** The column of the classes; empty or left out: the last one. */
  readonly label?: string;
  /** Whether the first row names the columns; left out: it has to be names beyond doubt. */
  readonly header?: boolean | undefined;
  /** What errors call the file. */
  readonly file?: string;
}

const MOST_CLASSES = 100;
const LINE_ENDS = /\r\n|\n|\r/g;

/**
 * Reads a CSV as RFC 4180 defines it, with a header row, any line ends, and spaces around fields allowed; blank lines
 * may follow the last row. The column `label` holds classes, every other one decimal numbers. scikit-learn's row of
 * counts may take the place of the header.
 * @throws CsvError naming the first fault in the file
 */
export function readCsv(text: string, { label = '', header, file = 'the CSV' }: CsvOptions = {}): CsvTable {
  const rows = new Rows(file, label, header);
  try {
    parse(text, {
      bom: true,
      trim: true,
      relax_column_count: true, // so that the error about a row of another length is ours
      record_delimiter: ['\r\n', '\n', '\r'],
      // Rows are turned into numbers as they come and not kept: the fields of a large file would not fit into memory as
      // texts.
      on_record: (cells: string[]) => {
        rows.add(cells);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    throw rows.faultOf(error);
  }
  return rows.table();
}

const SYNTAX_FAULTS: Readonly<Record<string, Text>> = {
  CSV_QUOTE_NOT_CLOSED: {
    en: 'a quote opens here and never closes; close it, or double a quote that is meant as itself ("")',
    zh: '这里的引号没有闭合；请闭合它，或把作为内容的引号写两遍（""）',
  },
  INVALID_OPENING_QUOTE: {
    en: 'a quote stands in the middle of the field; put the whole field in quotes and double this one ("")',
    zh: '字段中间有引号；请给整个字段加引号，并把这个引号写两遍（""）',
  },
  CSV_INVALID_CLOSING_QUOTE: {
    en: 'text follows a closing quote; put the whole field in quotes and double the quotes inside ("")',
    zh: '引号闭合后还有文字；请给整个字段加引号，并把里面的引号写两遍（""）',
  },
};

/** A class as first seen: its text, and the row. */
interface Seen {
  readonly name: string;
  readonly row: number;
}

interface ClassRows {
  count: number;
  readonly id: number;
  readonly row: number;
}

/** Takes the rows of a file and checks them as they come. */
class Rows {
  readonly #file: string;
  readonly #label: string;
  readonly #named: boolean | undefined;
  readonly #classes = new Map<string, ClassRows>();
  readonly #labels: number[] = [];
  /** The columns in which some fractions have more digits than a double: how many fractions, and the first of them. */
  readonly #rounded = new Map<number, { count: number; readonly first: string; readonly row: number }>();
  #header: CsvHeader | null = null;
  /** The first row, until the second one decides whether it is a row of counts or a header. */
  #undecided: { readonly cells: readonly string[]; readonly counts: Counts } | null = null;
  #counts: Counts | null = null;
  #x = new Float64Array(1024);
  #filled = 0;
  /** The line on which the next row begins. */
  #next = 1;
  /** The first of the blank lines just read. */
  #blank: number | null = null;

  constructor(file: string, label: string, named: boolean | undefined) {
    this.#file = file;
    this.#label = label;
    this.#named = named;
  }

  /** @param raw the fields as they came, without their quotes @throws CsvError */
  add(raw: readonly string[]): void {
    const row = this.#next;
    // Counted here: csv-parse counts a CRLF within quotes as two lines.
    this.#next += raw.reduce((lines, cell) => lines + (cell.match(LINE_ENDS)?.length ?? 0), 1);
    const cells = raw.map((cell) => cell.trim());
    if (cells.length === 1 && cells[0] === '') {
      this.#blank ??= row;
      return;
    }
    if (this.#blank !== null) {
      const reason = {
        en: 'the line is blank and more rows follow; delete it',
        zh: '空行之后还有数据；请删掉这个空行',
      };
      throw new CsvError(this.#file, { row: this.#blank }, reason);
    }
    if (this.#undecided) this.#decide(this.#undecided, cells.length);
    if (this.#header === null) this.#begin(cells, row);
    else this.#addRow(this.#header, cells, row);
  }

  #begin(cells: readonly string[], row: number): void {
    const counts = this.#named === undefined ? countsOf(cells) : null;
    if (counts) {
      this.#undecided = { cells, counts };
      return;
    }
    this.#header = this.#headerOf(cells);
    if (this.#named === false) this.#addRow(this.#header, cells, row);
  }

  #decide({ cells, counts }: { cells: readonly string[]; counts: Counts }, width: number): void {
    this.#undecided = null;
    if (counts.features + 1 === width) this.#counts = counts;
    this.#header = this.#counts ? numberedHeader(this.#file, width, this.#label) : this.#headerOf(cells);
  }

  #headerOf(cells: readonly string[]): CsvHeader {
    return readHeader(this.#file, cells, { label: this.#label, header: this.#named });
  }

  #addRow({ columns, labelAt }: CsvHeader, cells: readonly string[], row: number): void {
    if (cells.length < columns.length) {
      const column = columns[cells.length] as string;
      const reason = {
        en: `the row ends before this column: it has ${cells.length} fields, the header ${columns.length}; fill in what is missing`,
        zh: `这一行不到此列就结束了：它有 ${cells.length} 个字段，表头有 ${columns.length} 个；请补上缺少的`,
      };
      throw new CsvError(this.#file, { row, column }, reason);
    }
    if (cells.length > columns.length) {
      const reason = {
        en: `the row has ${cells.length} fields, the header ${columns.length}; take out what is too much, or put a field with commas in quotes`,
        zh: `这一行有 ${cells.length} 个字段，表头有 ${columns.length} 个；请去掉多余的，或给含逗号的字段加引号`,
      };
      throw new CsvError(this.#file, { row, column: columns.length + 1 }, reason);
    }
    if (this.#filled + columns.length > this.#x.length) this.#grow();
    for (const [at, cell] of cells.entries()) {
      if (at === labelAt) continue;
      const value = parseFeature(cell);
      if (typeof value !== 'number') throw new CsvError(this.#file, { row, column: columns[at] as string }, value);
      if (!keepsDigits(cell, value)) this.#noteRounded(at, cell, row);
      this.#x[this.#filled] = value;
      this.#filled += 1;
    }
    const label = columns[labelAt] as string;
    const named = cells[labelAt] as string;
    const name = this.#counts ? classByPlace(this.#counts, named) : named;
    if (name === null) {
      const last = (this.#counts?.classes.length ?? 0) - 1;
      const reason = {
        en: `${quote(named)} is none of the places 0 to ${last} of the classes that row 1 names; mend it, or put a row with the columns' names in place of row 1`,
        zh: `${quote(named)} 不是第 1 行所列类别的序号（0 到 ${last}）；请改正，或把第 1 行换成列名`,
      };
      throw new CsvError(this.#file, { row, column: label }, reason);
    }
    this.#labels.push(this.#classOf(name, row, label));
  }

  #noteRounded(at: number, text: string, row: number): void {
    const known = this.#rounded.get(at);
    if (known) known.count += 1;
    else this.#rounded.set(at, { count: 1, first: text, row });
  }

  #classOf(name: string, row: number, column: string): number {
    if (name === '') {
      const reason = {
        en: 'the class is missing; fill it in, or leave the row out',
        zh: '缺少类别；请填上，或去掉这一行',
      };
      throw new CsvError(this.#file, { row, column }, reason);
    }
    const known = this.#classes.get(name);
    if (known) {
      known.count += 1;
      return known.id;
    }
    const id = this.#classes.size;
    if (id === MOST_CLASSES) {
      const numbers = [...this.#classes.keys()].every(isDecimal);
      const reason = {
        en: `${quote(name)} is the class number ${id + 1}, expected at most ${MOST_CLASSES}; ${numbers ? 'this looks like a column of numbers that are no classes: ' : ''}name the column of the classes with data.label`,
        zh: `${quote(name)} 是第 ${id + 1} 个类别，最多 ${MOST_CLASSES} 个；${numbers ? '这一列看起来是数值，不是类别：' : ''}请用 data.label 指定类别所在的列`,
      };
      throw new CsvError(this.#file, { row, column }, reason);
    }
    this.#classes.set(name, { count: 1, id, row });
    return id;
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#x.length + 10_000);
    larger.set(this.#x);
    this.#x = larger;
  }

  /** The fault that stopped the parser, placed in the row that had begun. */
  faultOf({ code, message, ...rest }: SyntaxFault): CsvError {
    const at = typeof rest.column === 'number' ? rest.column : 0;
    const column = this.#header?.columns[at] ?? at + 1;
    return new CsvError(this.#file, { row: this.#next, column }, SYNTAX_FAULTS[code] ?? sameText(message));
  }

  /** @throws CsvError where there are too few rows or classes */
  table(): CsvTable {
    if (this.#undecided) this.#header = this.#headerOf(this.#undecided.cells);
    if (this.#header === null) {
      const reason = {
        en: 'the file is empty; expected a header row and rows below it',
        zh: '文件是空的；应有一行表头和下面的数据',
      };
      throw new CsvError(this.#file, {}, reason);
    }
    const { columns, labelAt } = this.#header;
    const label = columns[labelAt] as string;
    if (this.#labels.length === 0) {
      const reason = {
        en: 'no row follows the header; expected at least two of each class',
        zh: '表头下面没有数据；每个类别应至少有两行',
      };
      throw new CsvError(this.#file, { row: 1 }, reason);
    }
    const count = this.#labels.length;
    if (this.#counts && this.#counts.rows !== count) {
      const reason = {
        en: `says that ${this.#counts.rows} rows follow, and ${count} do; mend the file, or put a row with the columns' names in its place`,
        zh: `说下面有 ${this.#counts.rows} 行，实际有 ${count} 行；请改正文件，或把这一行换成列名`,
      };
      throw new CsvError(this.#file, { row: 1 }, reason);
    }
    const classes = [...this.#classes.keys()].sort();
    this.#refuseSpellings(label);
    if (classes.length === 1) {
      const only = quote(classes[0] as string);
      const reason = {
        en: `every row has the class ${only}, expected at least two classes; name the column of the classes with data.label`,
        zh: `每一行的类别都是 ${only}，应至少有两个类别；请用 data.label 指定类别所在的列`,
      };
      throw new CsvError(this.#file, { column: label }, reason);
    }
    const single = [...this.#classes].find(([, { count }]) => count === 1);
    if (single) {
      const [name, { row }] = single;
      const reason = {
        en: `${quote(name)} is the class of this row alone, expected at least two rows: one to train on, one to test; add rows of it or leave it out, or name another column with data.label`,
        zh: `类别 ${quote(name)} 只有这一行，应至少有两行：一行用于训练，一行用于测试；请补充或去掉它，或用 data.label 指定另一列`,
      };
      throw new CsvError(this.#file, { row, column: label }, reason);
    }
    const places = new Int32Array(classes.length);
    for (const [place, name] of classes.entries()) places[this.#classes.get(name)?.id as number] = place;
    return {
      features: columns.filter((_, at) => at !== labelAt),
      label,
      classes,
      x: this.#x.slice(0, this.#filled),
      labels: Int32Array.from(this.#labels, (id) => places[id] as number),
      count,
      notes: this.#notes(columns),
    };
  }

  #rowOf(name: string): number {
    return this.#classes.get(name)?.row as number;
  }

  /** Refuses two spellings of one class, which would be trained as two classes. */
  #refuseSpellings(column: string): void {
    const alike = firstAlike(this.#classes.keys(), spellingOf);
    if (!alike) return;
    const [before, name] = alike;
    const reason = {
      en: `the class ${reveal(name)} is ${reveal(before)} of row ${this.#rowOf(before)} in another spelling; write both alike`,
      zh: `类别 ${reveal(name)} 是第 ${this.#rowOf(before)} 行 ${reveal(before)} 的另一种写法；请写成一样`,
    };
    throw new CsvError(this.#file, { row: this.#rowOf(name), column }, reason);
  }

  #notes(columns: readonly string[]): DataNote[] {
    const notes = [...this.#rounded].map(([at, { count, first, row }]): DataNote => {
      const [column, more] = [quote(columns[at] as string), count - 1];
      const said = {
        en: `column ${column}: ${quote(first)} in row ${row} has more digits than double precision holds and is read as ${Number(first)}${more > 0 ? `, and ${more} more of the column` : ''}`,
        zh: `列 ${column}：第 ${row} 行的 ${quote(first)} 位数超出双精度，读作 ${Number(first)}${more > 0 ? `；这一列还有 ${more} 个` : ''}`,
      };
      return { isWarning: true, said };
    });
    if (this.#counts) {
      const { rows, features, classes } = this.#counts;
      const said = {
        en: `row 1 is a row of counts, as scikit-learn writes it: ${rows} rows, ${features} features, the classes ${classes.join(', ')}`,
        zh: `第 1 行是计数行，即 scikit-learn 的写法：${rows} 行，${features} 个特征，类别为 ${classes.join('、')}`,
      };
      notes.push({ isWarning: false, said });
    }
    const alike = firstAlike(this.#classes.keys(), looseSpellingOf);
    if (alike) {
      const [one, other] = alike.map((name) => ({ name: reveal(name), row: this.#rowOf(name) })) as [Seen, Seen];
      const said = {
        en: `the classes ${one.name} (row ${one.row}) and ${other.name} (row ${other.row}) differ in nothing but case or width; they are two classes here: write them alike if they are one`,
        zh: `类别 ${one.name}（第 ${one.row} 行）与 ${other.name}（第 ${other.row} 行）只有大小写或全角半角不同；这里算作两个类别：如果是同一个，请写成一样`,
      };
      notes.push({ isWarning: true, said });
    }
    return notes;
  }
}
