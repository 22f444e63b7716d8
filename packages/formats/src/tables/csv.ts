import { parse } from 'csv-parse/sync';
import { Gather } from '../reading/gather.ts';
import type { Damage, FilePosition, FormatReader } from '../reading/reader.ts';
import { type TableColumns, tableColumns } from './columns.ts';
import { numberOfText } from './number-text.ts';
import { rowNews } from './row-news.ts';

export interface CsvPosition extends FilePosition {
  /** The names of the columns; null before the first row. */
  readonly names: readonly string[] | null;
  readonly delimiter: string;
  /** How many rows were read. */
  readonly rows: number;
  /** Whether the last row had no line end yet. */
  readonly isOpen: boolean;
}

const START: CsvPosition = { offset: 0, names: null, delimiter: ',', rows: 0, isOpen: false };

/** Tables of metrics as CSV, with column names in the first row, one of them for steps. */
export const METRICS_CSV: FormatReader<CsvPosition> = {
  format: 'csv',
  start: START,

  recognises(head, isWhole) {
    if (head.includes(0)) return false;
    const { news, damage } = read(head, START, isWhole);
    return damage.length === 0 && news.some(({ kind }) => kind === 'points');
  },

  read,
};

function read(bytes: Uint8Array, position: CsvPosition, ended = false) {
  const rows = new Rows(position);
  let at = 0;
  while (at < bytes.length && !rows.isRefused) {
    const end = rowEnd(bytes, at);
    if (end === undefined && !ended) break;
    rows.take(bytes.subarray(at, end), position.offset + at, end !== undefined);
    if (!rows.isRefused) at = end ?? bytes.length;
  }
  return { news: rows.gather.take(), damage: rows.damage, position: rows.position(position.offset + at) };
}

const decoder = new TextDecoder();
const [QUOTE, NEWLINE] = [0x22, 0x0a];

/**
 * The end of the row that begins at `at`, including its line end; undefined where it has none. Quoted cells may contain
 * line ends.
 */
function rowEnd(bytes: Uint8Array, at: number): number | undefined {
  let isQuoted = false;
  for (let i = at; i < bytes.length; i++) {
    if (bytes[i] === QUOTE) isQuoted = !isQuoted;
    else if (bytes[i] === NEWLINE && !isQuoted) return i + 1;
  }
  return undefined;
}

class Rows {
  readonly gather = new Gather();
  readonly damage: Damage[] = [];
  /** Whether it is not a table of metrics. */
  isRefused = false;
  #names: readonly string[] | null;
  #columns: TableColumns | null;
  #delimiter: string;
  #rows: number;
  #isOpen: boolean;

  constructor({ names, delimiter, rows, isOpen }: CsvPosition) {
    this.#names = names;
    this.#columns = names && tableColumns(names);
    this.#delimiter = delimiter;
    this.#rows = rows;
    this.#isOpen = isOpen;
  }

  position = (offset: number): CsvPosition => ({
    offset,
    names: this.#names,
    delimiter: this.#delimiter,
    rows: this.#rows,
    isOpen: this.#isOpen,
  });

  /** @param isWhole whether the row has its line end */
  take(bytes: Uint8Array, offset: number, isWhole: boolean): void {
    const row = decoder.decode(bytes).replace(/\r?\n$/, '');
    if (this.#isOpen) {
      this.#isOpen = !isWhole;
      if (row !== '') this.damage.push({ offset, reason: WAS_OPEN });
    } else if (row.trim() !== '') {
      this.#isOpen = !isWhole;
      if (this.#names && this.#columns) this.#takeCells(row, offset, this.#names, this.#columns);
      else this.#takeNames(row, offset);
    }
  }

  #takeNames(row: string, offset: number): void {
    this.#delimiter = delimiterOf(row);
    const names = cellsOf(row, this.#delimiter)?.map((name) => name.trim()) ?? [];
    this.#columns = tableColumns(names);
    this.isRefused = this.#columns === null || names.some((name) => numberOfText(name) !== undefined);
    if (this.isRefused) {
      this.#columns = null;
      this.damage.push({ offset, reason: NO_STEPS });
    } else this.#names = names;
  }

  #takeCells(row: string, offset: number, names: readonly string[], columns: TableColumns): void {
    const cells = cellsOf(row, this.#delimiter);
    if (cells?.length === names.length)
      rowNews(new Map(names.map((name, i) => [name, cells[i] as string])), columns, this.#rows, this.gather);
    else this.damage.push({ offset, reason: rowDamage(cells?.length, names.length) });
    this.#rows += 1;
  }
}

/** The delimiter that occurs most often in the row of names. */
const delimiterOf = (row: string): string =>
  [',', '\t', ';'].reduce((best, mark) => (row.split(mark).length > row.split(best).length ? mark : best));

/** The cells of one row; undefined where its quotes do not match. */
function cellsOf(row: string, delimiter: string): string[] | undefined {
  if (!row.includes('"')) return row.split(delimiter);
  try {
    return (parse(row, { delimiter, bom: true }) as string[][])[0];
  } catch {
    return undefined;
  }
}

const NO_STEPS = {
  en: 'the first row has no column of steps (step, global_step, iteration, epoch ...): no table of metrics',
  zh: '首行没有步数列（step、global_step、iteration、epoch 等）：不是指标表',
};
const WAS_OPEN = {
  en: 'a row went on that had been read as the last one; what was added to it is left out',
  zh: '已作为最后一行读取的行又有了新内容；新增部分已略过',
};
const rowDamage = (came: number | undefined, expected: number) =>
  came === undefined
    ? { en: 'the quotes of a row do not fit; it is left out', zh: '一行的引号不配对；已略过' }
    : {
        en: `a row has ${came} cells, expected ${expected}; it is left out`,
        zh: `一行有 ${came} 个单元格，应为 ${expected} 个；已略过`,
      };
