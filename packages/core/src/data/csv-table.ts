import { parse, CsvError as SyntaxFault } from 'csv-parse/sync';
import { CsvError } from '../errors.ts';
import { type CsvHeader, readHeader } from './csv-header.ts';
import { isDecimal, parseFeature, quote } from './csv-number.ts';

/** A table of numbers with a class for each row. */
export interface CsvTable {
  /** Names of the features, in the order of the columns. */
  readonly features: readonly string[];
  /** The column of the classes. */
  readonly label: string;
  /** Names of the classes, in the order of their characters' code units. */
  readonly classes: readonly string[];
  /** [count, features.length], row by row. */
  readonly x: Float32Array;
  /** The place in `classes` of each row's class. */
  readonly labels: Int32Array;
  readonly count: number;
}

export interface CsvOptions {
  /** The column of the classes; empty or left out: the last one. */
  readonly label?: string;
  /** How errors call the file. */
  readonly file?: string;
}

const MOST_CLASSES = 100;
const LINE_ENDS = /\r\n|\n|\r/g;

/**
 * Reads a CSV as RFC 4180 has it, with a header row, any line ends and space around fields; blank lines may follow
 * the last row. The column `label` holds classes, every other one decimal numbers.
 * @throws CsvError naming the first fault in the file
 */
export function readCsv(text: string, { label = '', file = 'the CSV' }: CsvOptions = {}): CsvTable {
  const rows = new Rows(file, label);
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
  readonly #classes = new Map<string, ClassRows>();
  readonly #labels: number[] = [];
  #header: CsvHeader | null = null;
  #x = new Float32Array(1024);
  #filled = 0;
  /** The line on which the row that comes next begins. */
  #next = 1;
  /** The first of the blank lines just read. */
  #blank: number | null = null;

  constructor(file: string, label: string) {
    this.#file = file;
    this.#label = label;
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
    if (this.#header === null) this.#header = readHeader(this.#file, cells, this.#label);
    else this.#addRow(this.#header, cells, row);
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
      this.#x[this.#filled] = value;
      this.#filled += 1;
    }
    this.#labels.push(this.#classOf(cells[labelAt] as string, row, columns[labelAt] as string));
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
    const larger = new Float32Array(2 * this.#x.length + 10_000);
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
    if (this.#header === null) {
      throw new CsvError(this.#file, {}, 'the file is empty; expected a header row and rows below it');
    }
    const { columns, labelAt } = this.#header;
    const label = columns[labelAt] as string;
    if (this.#labels.length === 0) {
      throw new CsvError(this.#file, { row: 1 }, 'no row follows the header; expected at least two of each class');
    }
    const classes = [...this.#classes.keys()].sort();
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
      count: this.#labels.length,
    };
  }
}
