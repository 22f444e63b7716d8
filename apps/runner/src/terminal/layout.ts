import { cutMiddle } from '@whorl/core';
import stringWidth from 'string-width';
import { words } from '../messages/index.ts';
import { colour } from './colour.ts';

// What fits on a terminal: texts by the columns that they take there, in which a Chinese character takes two.

/** Between two columns of a table. */
const GAP = 2;
/** Nobody knows a name again by less. */
const LEAST = 12;

export const displayWidth = (text: string): number => stringWidth(text);

/** The columns of the terminal that a stream goes to; no limit where it goes to a file or a program. */
export const terminalColumns = (stream: NodeJS.WriteStream): number =>
  stream.isTTY === true && stream.columns > 0 ? stream.columns : Number.POSITIVE_INFINITY;

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));
const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - displayWidth(text))) + text;

/** The text, cut in its middle where it is wider. */
export const fit = (text: string, width: number): string => cutMiddle(text, width, displayWidth);

/** Words that stay together: a Chinese character with the marks that may not begin or end a line, or all up to a blank. */
const UNITS =
  /[“‘（《「]*\p{Script=Han}[，。、；：！？”’）》」…]*|[^\s\p{Script=Han}]+(?: · [^\s\p{Script=Han}]+)*|\s+/gu;
const PARTS = /\S+|\s+/g;
/** So wide a level's name, `relu · sgd`, is one word; a longer one is broken between its parts. */
const MOST_TOGETHER = 24;

const unitsOf = (line: string, width: number): string[] =>
  (line.match(UNITS) ?? []).flatMap((unit) =>
    displayWidth(unit) > Math.min(MOST_TOGETHER, width) ? (unit.match(PARTS) ?? []) : [unit],
  );

/** Lines of at most `width`, broken between words and Chinese characters; a line that goes on begins with `indent`. */
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
  /** Plain text: what is wider than its column is cut. */
  readonly cell: (row: T) => string;
  /** Its colour. */
  readonly style?: (text: string, row: T) => string;
  /** What becomes of it on a narrow terminal: it is cut in the middle, or goes on in further lines. */
  readonly narrow?: 'cut' | 'wrap';
  /** How it is cut where that is not in its middle, to so many columns. */
  readonly cut?: (row: T, width: number) => string;
  /** To here it is cut before another column is left out: its head, too. */
  readonly least?: number;
  /** Of columns that are left out where cutting does not suffice, the one with the highest number goes first. */
  readonly leaveOut?: number;
}

/** A name that another program recorded may hold anything; a table has one line a row. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

interface Laid<T> {
  readonly column: TextColumn<T>;
  readonly cells: readonly string[];
  width: number;
}

/** Which columns are shown, and how wide. */
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

/** A table without lines: aligned columns below a dim head, no wider than `most`. */
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

/** Lines of which each has the same columns, without a head. */
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

/** The lines of a row: more than one where a text goes on. */
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
