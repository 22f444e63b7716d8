import { isoInZone, metricWord, type NumberFormat, numberFormat, type RunStatus } from '@whorl/core';
import { inLanguage, words } from '../messages/index.ts';
import { colour, inColoursOf } from './colour.ts';
import { type TextColumn, table, terminalColumns, wrap } from './layout.ts';
import { neutralJson } from './neutral.ts';

/** JSON has no NaN and no infinities, so they are written as texts. */
const spellNumbers = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** Prints the one JSON document of a `--json` command. */
export function printJson(document: unknown): void {
  process.stdout.write(`${neutralJson(JSON.stringify(document, spellNumbers, 2))}\n`);
}

export function printLine(text = ''): void {
  process.stdout.write(inColoursOf(process.stdout, `${text}\n`));
}

/** Prints a note for people on stderr, so that stdout holds only what was asked for. */
export function note(text: string): void {
  const lines = wrap(text, terminalColumns(process.stderr));
  process.stderr.write(inColoursOf(process.stderr, `${lines.join('\n')}\n`));
}

/** Notes which engines were passed over, and why. */
export function noteSkipped({
  engine,
  skipped,
}: {
  readonly engine: string;
  readonly skipped: readonly { readonly engine: string; readonly reason: string }[];
}): void {
  for (const { engine: other, reason } of skipped) {
    note(`${colour.yellow('!')} ${words().progress.engineMissing(other, reason, engine)}`);
  }
}

/** Prints a table as wide as the terminal has room for. */
export function printTable<T>(rows: readonly T[], columns: readonly TextColumn<T>[]): void {
  printLine(table(rows, columns, terminalColumns(process.stdout)));
}

/** Sentences are wrapped at this width, however wide the terminal. */
const LONGEST_LINE = 100;

/** Prints sentences, broken between words. */
export function printSentences(text: string): void {
  const width = Math.min(LONGEST_LINE, terminalColumns(process.stdout));
  for (const line of wrap(text, width, '')) printLine(line);
}

/** Notes sentences in dim text. */
export function noteSentences(text: string): void {
  const width = Math.min(LONGEST_LINE, terminalColumns(process.stderr));
  for (const line of wrap(text, width, '')) note(colour.dim(line));
}

/** A column of numbers, aligned at their decimals. */
export function numberColumn<T>(
  rows: readonly T[],
  head: string,
  value: (row: T) => number | null | undefined,
  write: NumberFormat = numberFormat(rows.map(value)),
): TextColumn<T> {
  return { head, align: 'right', cell: (row) => write(value(row)) };
}

/** The name of a metric: its key where it has none, or where another program recorded it. */
export const metricTitle = (key: string, isOwn = true): string => (isOwn ? inLanguage(metricWord(key)) : key);

/** A length of time for people: `0.4 s`, `12 s`, `3:05 min`, `1:02 h`; `-` where it is unknown. */
export function duration(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return '-';
  const { second, minute, hour } = words().units;
  const seconds = Math.round(ms / 1000);
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} ${second}`;
  if (seconds < 60) return `${seconds} ${second}`;
  const two = (n: number) => String(n).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)} ${minute}`;
  return `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))} ${hour}`;
}

/** A number of bytes for people: `512 B`, `3.4 MB`. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = count < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3));
  return `${power === 0 ? count : (count / 1000 ** power).toPrecision(3)} ${units[power]}`;
}

/** A moment in this machine's time zone, in a form that queries accept: `2026-11-29 02:27+08:00`. */
export function when(date: Date | null): string {
  if (!date) return '-';
  const iso = isoInZone(date.getTime(), timeZone());
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}${iso.slice(23)}`;
}

/** The time zone of this machine. Times are shown in it, and dates in queries are read in it. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const STATUS_COLOURS: Readonly<Record<RunStatus, (text: string) => string>> = {
  finished: colour.green,
  running: colour.cyan,
  interrupted: colour.yellow,
  failed: colour.red,
  crashed: colour.red,
};

export const statusWord = (name: RunStatus): string => words().statuses[name];

export const statusColour = (name: RunStatus): ((text: string) => string) => STATUS_COLOURS[name];

export const status = (name: RunStatus): string => statusColour(name)(statusWord(name));
