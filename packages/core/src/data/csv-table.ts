import { parse, CsvError as SyntaxFault } from 'csv-parse/sync';
import { CsvError } from '../errors.ts';
import { type Counts, classByPlace, countsOf } from './csv-counts.ts';
import { type CsvHeader, numbered, readHeader } from './csv-header.ts';
import { isDecimal, keepsDigits, parseFeature, quote } from './csv-number.ts';
import { firstAlike, looseSpellingOf, reveal, spellingOf } from './csv-spelling.ts';

/** A table of numbers with a class for each row. */
export interface CsvTable {
  /** Names of the features, in the order of the columns. */
  readonly features: readonly string[];
  /** The column of the classes. */
  readonly label: string;
  /** Names of the classes, in the order of their characters' code units. */
  readonly classes: readonly string[];
  /** [count, features.length], row by row, in double precision. */
  readonly x: Float64Array;
  /** The place in `classes` of each row's class. */
  readonly labels: Int32Array;
  readonly count: number;
  /** What is worth knowing and no fault: a sentence each. */
  readonly notes: readonly string[];
}

export interface CsvOptions {
  /** The column of the classes; empty or left out: the last one. */
  readonly label?: string;
  /** Whether the first row names the columns; left out: it must do so beyond doubt. */
  readonly header?: boolean | undefined;
  /** How errors call the file. */
  readonly file?: string;
}

const MOST_CLASSES = 100;
const LINE_ENDS = /\r\n|\n|\r/g;

/**
 * Reads a CSV as RFC 4180 has it, with a header row, any line ends and space around fields; blank lines may follow
 * the last row. The column `label` holds classes, every other one decimal numbers. In place of a header there may be
 * scikit-learn's row of counts.
 * @throws CsvError naming the first fault in the file
 */
export function readCsv(text: string, { label = '', header, file = 'the CSV' }: CsvOptions = {}): CsvTable {
  const rows = new Rows(file, label, header);
  try {
    parse(text, {
      bom: true,
      trim: true,
      relax_column_count: true, // a row of another length is told of in our words
      record_delimiter: ['\r\n', '\n', '\r'],
      // Numbers at once, and no record is kept: as texts the fields of a large file would not fit into memory.
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

const SYNTAX_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote opens here and never closes; close it, or double a quote that is meant as itself ("")',
  INVALID_OPENING_QUOTE:
    'a quote stands in the middle of the field; put the whole field in quotes and double this one ("")',
  CSV_INVALID_CLOSING_QUOTE:
    'text follows a closing quote; put the whole field in quotes and double the quotes inside ("")',
};

interface ClassRows {
  count: number;
  readonly id: number;
  /** The first row of it. */
  readonly row: number;
}

/** The rows of a file, checked as they come. */
class Rows {
  readonly #file: string;
  readonly #label: string;
  readonly #named: boolean | undefined;
  readonly #classes = new Map<string, ClassRows>();
  readonly #labels: number[] = [];
  /** Of the columns some of whose fractions have more digits than a double: how many, and the first. */
  readonly #rounded = new Map<number, { count: number; readonly first: string; readonly row: number }>();
  #header: CsvHeader | null = null;
  /** A first row that the second one shows to be of counts, or a header. */
  #undecided: { readonly cells: readonly string[]; readonly counts: Counts } | null = null;
  #counts: Counts | null = null;
  #x = new Float64Array(1024);
  #filled = 0;
  /** The line on which the row that comes next begins. */
  #next = 1;
  /** The first of the blank lines just read. */
  #blank: number | null = null;

  constructor(file: string, label: string, named: boolean | undefined) {
    this.#file = file;
    this.#label = label;
    this.#named = named;
  }

  /** @param raw the fields as they came, without their quotes */
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
      throw new CsvError(this.#file, { row: this.#blank }, 'the line is blank and more rows follow; delete it');
    }
    if (this.#undecided) this.#decide(this.#undecided, cells.length);
    if (this.#header === null) this.#begin(cells, row);
    else this.#addRow(this.#header, cells, row);
  }

  /** Takes the first row. */
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
    this.#header = this.#counts ? numbered(this.#file, width, this.#label) : this.#headerOf(cells);
  }

  #headerOf(cells: readonly string[]): CsvHeader {
    return readHeader(this.#file, cells, { label: this.#label, header: this.#named });
  }

  #addRow({ columns, labelAt }: CsvHeader, cells: readonly string[], row: number): void {
    if (cells.length < columns.length) {
      const column = columns[cells.length] as string;
      const reason = `the row ends before this column: it has ${cells.length} fields, the header ${columns.length}; fill in what is missing`;
      throw new CsvError(this.#file, { row, column }, reason);
    }
    if (cells.length > columns.length) {
      const reason = `the row has ${cells.length} fields, the header ${columns.length}; take out what is too much, or put a field with commas in quotes`;
      throw new CsvError(this.#file, { row, column: columns.length + 1 }, reason);
    }
    if (this.#filled + columns.length > this.#x.length) this.#grow();
    for (const [at, cell] of cells.entries()) {
      if (at === labelAt) continue;
      const value = parseFeature(cell);
      if (typeof value === 'string') throw new CsvError(this.#file, { row, column: columns[at] as string }, value);
      if (!keepsDigits(cell, value)) this.#noteRounded(at, cell, row);
      this.#x[this.#filled] = value;
      this.#filled += 1;
    }
    const label = columns[labelAt] as string;
    const named = cells[labelAt] as string;
    const name = this.#counts ? classByPlace(this.#counts, named) : named;
    if (name === null) {
      const reason = `${quote(named)} is none of the places 0 to ${(this.#counts?.classes.length ?? 0) - 1} of the classes that row 1 names; mend it, or put a row with the columns' names in place of row 1`;
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
      throw new CsvError(this.#file, { row, column }, 'the class is missing; fill it in, or leave the row out');
    }
    const known = this.#classes.get(name);
    if (known) {
      known.count += 1;
      return known.id;
    }
    const id = this.#classes.size;
    if (id === MOST_CLASSES) {
      const numbers = [...this.#classes.keys()].every(isDecimal);
      const reason = `${quote(name)} is the class number ${id + 1}, expected at most ${MOST_CLASSES}; ${numbers ? 'this looks like a column of numbers that are no classes: ' : ''}name the column of the classes with data.label`;
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

  /** The fault that stopped the parser, in the row that it had begun. */
  faultOf({ code, message, ...rest }: SyntaxFault): CsvError {
    const at = typeof rest.column === 'number' ? rest.column : 0;
    const column = this.#header?.columns[at] ?? at + 1;
    return new CsvError(this.#file, { row: this.#next, column }, SYNTAX_FAULTS[code] ?? message);
  }

  /** @throws CsvError where there are too few rows or classes */
  table(): CsvTable {
    if (this.#undecided) this.#header = this.#headerOf(this.#undecided.cells);
    if (this.#header === null) {
      throw new CsvError(this.#file, {}, 'the file is empty; expected a header row and rows below it');
    }
    const { columns, labelAt } = this.#header;
    const label = columns[labelAt] as string;
    if (this.#labels.length === 0) {
      throw new CsvError(this.#file, { row: 1 }, 'no row follows the header; expected at least two of each class');
    }
    const count = this.#labels.length;
    if (this.#counts && this.#counts.rows !== count) {
      const reason = `says that ${this.#counts.rows} rows follow, and ${count} do; mend the file, or put a row with the columns' names in its place`;
      throw new CsvError(this.#file, { row: 1 }, reason);
    }
    const classes = [...this.#classes.keys()].sort();
    this.#refuseSpellings(label);
    if (classes.length === 1) {
      const reason = `every row has the class ${quote(classes[0] as string)}, expected at least two classes; name the column of the classes with data.label`;
      throw new CsvError(this.#file, { column: label }, reason);
    }
    const single = [...this.#classes].find(([, { count }]) => count === 1);
    if (single) {
      const [name, { row }] = single;
      const reason = `${quote(name)} is the class of this row alone, expected at least two rows: one to train on, one to test; add rows of it or leave it out, or name another column with data.label`;
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

  /** Two spellings of one class would be trained as two classes. */
  #refuseSpellings(column: string): void {
    const alike = firstAlike(this.#classes.keys(), spellingOf);
    if (!alike) return;
    const [before, name] = alike;
    const reason = `the class ${reveal(name)} is ${reveal(before)} of row ${this.#rowOf(before)} in another spelling; write both alike`;
    throw new CsvError(this.#file, { row: this.#rowOf(name), column }, reason);
  }

  #notes(columns: readonly string[]): string[] {
    const notes = [...this.#rounded].map(([at, { count, first, row }]) => {
      const others = count === 1 ? '' : `, and ${count - 1} more of the column`;
      return `column ${quote(columns[at] as string)}: ${quote(first)} in row ${row} has more digits than double precision holds and is read as ${Number(first)}${others}`;
    });
    if (this.#counts) {
      const { rows, features, classes } = this.#counts;
      notes.push(
        `row 1 is a row of counts, as scikit-learn writes it: ${rows} rows, ${features} features, the classes ${classes.join(', ')}`,
      );
    }
    const alike = firstAlike(this.#classes.keys(), looseSpellingOf);
    if (alike) {
      const [before, name] = alike;
      notes.push(
        `the classes ${reveal(before)} (row ${this.#rowOf(before)}) and ${reveal(name)} (row ${this.#rowOf(name)}) differ in nothing but case or width; they are two classes here: write them alike if they are one`,
      );
    }
    return notes;
  }
}
