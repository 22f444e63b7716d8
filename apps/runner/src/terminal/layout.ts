import { cutMiddle } from '@whorl/core';
import stringWidth from 'string-width';
import { words } from '../messages/index.ts';
import { colour } from './colour.ts';

// Lays text out for a terminal. Widths are in columns; a Chinese character takes two.

/** Between two columns of a table. */
const GAP = 2;
/** A name that is cut shorter than this is no longer recognisable. */
const LEAST = 12;

export const displayWidth = (text: string): number => stringWidth(text);

/** How many columns the terminal of a stream has; unlimited where the stream goes to a file or a program. */
export const terminalColumns = (stream: NodeJS.WriteStream): number =>
  stream.isTTY === true && stream.columns > 0 ? stream.columns : Number.POSITIVE_INFINITY;

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));
const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - displayWidth(text))) + text;

/** Cuts the middle out of a text that is too wide. */
export const fit = (text: string, width: number): string => cutMiddle(text, width, displayWidth);

/**
 * Units that are never broken: a Chinese character with the punctuation that must stay with it, or everything up to a blank or to
 * such punctuation, behind which a list of names, `SwanLab、MLflow`, is broken.
 */
const UNITS =
  /[“‘（《「]*\p{Script=Han}[，。、；：！？”’）》」…]*|[^\s\p{Script=Han}，。、；：！？]+(?: · [^\s\p{Script=Han}，。、；：！？]+)*[，。、；：！？”’）》」…]*|[，。、；：！？]+|\s+/gu;
const PARTS = /\S+|\s+/g;
/** A level's name such as `relu · sgd` stays together up to this width. A longer one is broken between its parts. */
const MOST_TOGETHER = 24;

const unitsOf = (line: string, width: number): string[] =>
  (line.match(UNITS) ?? []).flatMap((unit) =>
    displayWidth(unit) > Math.min(MOST_TOGETHER, width) ? (unit.match(PARTS) ?? []) : [unit],
  );

/** Breaks text into lines of at most `width`, between words and Chinese characters. Continued lines begin with `indent`. */
export function wrap(text: string, width: number, indent = '  '): string[] {
  return text.split('\n').flatMap((line) => {
    const lines = [''];
    for (const unit of unitsOf(line, width)) {
      const current = lines.at(-1) as string;
      if (displayWidth(current) + displayWidth(unit.trimEnd()) <= width || current.trim() === '')
        lines[lines.length - 1] += unit;
      else lines.push(`${indent}${unit.trimStart()}`);
    }
    return lines.map((one) => one.trimEnd());
  });
}

export interface TextColumn<T> {
  readonly head: string;
  readonly align?: 'left' | 'right';
  /** Plain text. It is cut where it is wider than its column. */
  readonly cell: (row: T) => string;
  /** Colours the cell. */
  readonly style?: (text: string, row: T) => string;
  /** On a narrow terminal: cut in the middle, or continued on further lines. */
  readonly narrow?: 'cut' | 'wrap';
  /** Cuts the cell to a number of columns, where cutting the middle is not right. */
  readonly cut?: (row: T, width: number) => string;
  /** The column is cut to this width, its head included, before another column is left out. */
  readonly least?: number;
  /** Where cutting does not suffice, the column with the highest number is left out first. */
  readonly leaveOut?: number;
}

/** Names recorded by other programs may contain line breaks, and every row has one line. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

interface Laid<T> {
  readonly column: TextColumn<T>;
  readonly cells: readonly string[];
  width: number;
}

/** Decides which columns are shown, and how wide they are. */
function lay<T>(rows: readonly T[], columns: readonly TextColumn<T>[], most: number): Laid<T>[] {
  let laid = columns.map((column) => {
    const cells = rows.map((row) => oneLine(column.cell(row)));
    return { column, cells, width: Math.max(displayWidth(column.head), ...cells.map(displayWidth)) };
  });
  const leastOf = ({ column, width }: Laid<T>) =>
    column.narrow ? Math.min(width, column.least ?? Math.max(LEAST, displayWidth(column.head))) : width;
  const total = (widthIn: (one: Laid<T>) => number) => laid.reduce((sum, one) => sum + widthIn(one) + GAP, -GAP);
  while (total(leastOf) > most) {
    const [first] = laid
      .filter(({ column }) => column.leaveOut !== undefined)
      .sort((a, b) => (b.column.leaveOut as number) - (a.column.leaveOut as number));
    if (!first) break;
    laid = laid.filter((one) => one !== first);
  }
  for (let over = total(({ width }) => width) - most; over > 0; over -= 1) {
    const [widest] = laid
      .filter((one) => one.column.narrow !== undefined && one.width > 1)
      .sort((a, b) => b.width - leastOf(b) - (a.width - leastOf(a)) || b.width - a.width);
    if (!widest) break;
    widest.width -= 1;
  }
  return laid;
}

/** A table without rules: aligned columns below a dim head, at most `most` wide. */
export function table<T>(rows: readonly T[], columns: readonly TextColumn<T>[], most: number): string {
  const laid = lay(rows, columns, most);
  const heads = laid.map(({ column: { head, align }, width }) => {
    const text = fit(head, width);
    return text === '' ? aligned('', width, align) : aligned(text, width, align).replace(text, colour.dim(text));
  });
  const missing = columns.filter((column) => !laid.some((one) => one.column === column));
  return [
    heads.join(' '.repeat(GAP)),
    ...rows.flatMap((row, i) => linesOf(laid, row, i)),
    ...(missing.length > 0
      ? wrap(words().table.notShown(missing.map(({ head }) => head)), most, '').map(colour.dim)
      : []),
  ]
    .map((line) => line.replace(/ +$/, ''))
    .join('\n');
}

/** Rows with aligned columns, without a head. */
export function alignedLines<T>(
  rows: readonly T[],
  columns: readonly Omit<TextColumn<T>, 'head'>[],
  most: number,
): string[] {
  const laid = lay(
    rows,
    columns.map((column) => ({ ...column, head: '' })),
    most,
  );
  return rows.flatMap((row, i) => linesOf(laid, row, i)).map((line) => line.replace(/ +$/, ''));
}

const aligned = (text: string, width: number, align: 'left' | 'right' | undefined): string =>
  align === 'right' ? padStart(text, width) : padEnd(text, width);

/** The lines of one row; more than one where a cell is continued. */
function linesOf<T>(laid: readonly Laid<T>[], row: T, i: number): string[] {
  const parts = laid.map(({ column, cells, width }) => {
    const text = cells[i] as string;
    if (column.narrow === 'wrap') return wrap(text, width, '');
    return [column.cut && displayWidth(text) > width ? oneLine(column.cut(row, width)) : fit(text, width)];
  });
  const lines = Math.max(...parts.map((part) => part.length));
  return Array.from({ length: lines }, (_, line) =>
    laid
      .map(({ column: { align, style = String }, width }, at) => {
        const text = parts[at]?.[line] ?? '';
        const padding = aligned(text, width, align);
        return text === '' ? padding : padding.replace(text, () => style(text, row));
      })
      .join(' '.repeat(GAP)),
  );
}
